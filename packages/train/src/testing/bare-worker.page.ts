import { serveDataset } from "../data.js";

serveDataset(self);
