export { createNodePipeline, type NodePipelineOptions } from "./data/create-node-pipeline.js";
export { type FolderDatasetOptions, folderDataset } from "./data/folder-dataset.js";
export { storeCheckpoint } from "./node/store-checkpoint.js";
