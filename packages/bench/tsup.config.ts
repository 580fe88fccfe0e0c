import { library } from "@efficientnet-tooling/tsup";

export default library();
