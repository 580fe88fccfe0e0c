/**
 * Imports a module whose name bundlers must not see, because only Node has it. As a parameter it also stays a true
 * `import()` in the CommonJS build, which an ESM-only package needs.
 */
export function importByName<T>(name: string): Promise<T> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}
