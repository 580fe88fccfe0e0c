import type { Engine } from "./engine.js";
import { forkContestant } from "./fork-contestant.js";
import type { Verbs } from "./verbs.js";

/** Something that holds contestants, with a way to end it. */
export interface Host extends Verbs {
  end(): Promise<void>;
}

/** Where the contestants of one race run. */
export interface Hosts {
  /** The host for one more contestant. */
  next(engine: Engine): Host;
  end(): Promise<void>;
}

/** A process of its own for each contestant. */
export function forkedHosts(open: (engine: Engine) => Host = forkContestant): Hosts {
  const opened: Host[] = [];
  return {
    next(engine) {
      const host = open(engine);
      opened.push(host);
      return host;
    },
    async end() {
      await Promise.all(opened.map((host) => host.end()));
    },
  };
}
