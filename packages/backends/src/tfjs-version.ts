/** The tfjs release these packages are written against; the peers' version in every npm command. */
export const TFJS_VERSION = "4.22.0";
