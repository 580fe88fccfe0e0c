/** One picture in, one answer out; a list in, a list out. */
export function perPicture<Source, Options, Answer>(
  answerAll: (pictures: readonly Source[], options: Options) => Promise<readonly Answer[]>,
) {
  function answer(picture: Source, options?: Options): Promise<Answer>;
  function answer(pictures: readonly Source[], options?: Options): Promise<readonly Answer[]>;
  async function answer(pictures: Source | readonly Source[], options?: Options): Promise<unknown> {
    const answers = await answerAll(asList(pictures), options ?? ({} as Options));
    return Array.isArray(pictures) ? answers : answers[0];
  }
  return answer;
}

export function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
