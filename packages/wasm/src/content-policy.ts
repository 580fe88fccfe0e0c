/** Waits for what a page's Content-Security-Policy may refuse. */
export interface PolicyWatch {
  /** Ends the watch: what the policy would have to allow, for people, or null where it refused nothing. */
  end(): Promise<string | null>;
}

/**
 * Notices what a page's Content-Security-Policy refuses under one directive (`worker-src`) until the watch ends; a worker
 * that was refused fails without saying why. In a page and in its workers.
 */
export function watchPolicy(directive: string): PolicyWatch {
  let refused: string | null = null;
  const notice = (event: SecurityPolicyViolationEvent) => {
    if (event.disposition !== "enforce" || event.effectiveDirective !== directive) return;
    const source = event.blockedURI === "blob" ? "blob:" : event.blockedURI;
    refused ??= `the Content-Security-Policy does not allow ${directive} ${source}`;
  };
  globalThis.addEventListener("securitypolicyviolation", notice);
  return {
    async end() {
      // The failure may be told before its reason.
      if (refused === null) await new Promise((resolve) => setTimeout(resolve));
      globalThis.removeEventListener("securitypolicyviolation", notice);
      return refused;
    },
  };
}
