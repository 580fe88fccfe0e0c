export { registerGradients } from "./gradients/register-gradients.js";
export { prepareTraining } from "./prepare-training.js";
