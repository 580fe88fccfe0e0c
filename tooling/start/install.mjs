// npm run setup: installs what the lock file names, if it is not there yet.
import { setup } from "./setup.mjs";

await setup();
