import { serveDataset } from "../data.js";
import shapesDataset from "./shapes-dataset.js";

serveDataset(self, shapesDataset({ length: 20, side: 16 }));
