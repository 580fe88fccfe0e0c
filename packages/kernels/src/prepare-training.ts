import { registerGradients } from "./gradients/register-gradients.js";

/** Registers what training needs and tfjs lacks. May be called again. */
export async function prepareTraining(): Promise<void> {
  registerGradients();
}
