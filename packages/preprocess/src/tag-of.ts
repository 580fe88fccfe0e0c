/** The class name, also for objects of another window or worker, where `instanceof` fails. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
