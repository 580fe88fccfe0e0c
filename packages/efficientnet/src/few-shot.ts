import { EfficientNetError } from "@efficientnet/errors";

/** A picture that shows what a label means, as the network sees it. */
export interface Example {
  readonly label: string;
  readonly embedding: Float32Array;
}

/** Examples of one network; embeddings of another mean nothing here. */
export interface ExampleSet {
  /** Which network and weights made the embeddings. */
  readonly model: string;
  readonly examples: readonly Example[];
}

/** A label and how near it is: cosine similarity, -1 to 1. */
export interface Match {
  readonly label: string;
  readonly similarity: number;
}

/**
 * Nearest mean: each label is the mean of its normalised examples, and a picture is what it is most similar to. Right
 * with one example per label, and then the same as nearest neighbour.
 */
export function nearestMean(set: ExampleSet, embedding: Float32Array): readonly Match[] {
  checkSet(set, embedding);
  return [...groupByLabel(set)]
    .map(([label, examples]) => ({ label, similarity: cosine(mean(examples.map(normalise)), embedding) }))
    .sort((a, b) => b.similarity - a.similarity);
}

/**
 * k nearest neighbours: the `k` most similar examples vote, each with its similarity. `similarity` of the answer is the
 * mean over all k of the votes for that label. Better than the mean where a label has several looks.
 */
export function nearestNeighbours(set: ExampleSet, embedding: Float32Array, k = 5): readonly Match[] {
  checkSet(set, embedding);
  if (!(Number.isInteger(k) && k > 0)) {
    throw new EfficientNetError("invalid-argument", `k is ${k}`, { expected: "a whole number above 0" });
  }
  const nearest = set.examples
    .map((example) => ({ label: example.label, similarity: cosine(example.embedding, embedding) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, k);
  const votes = new Map<string, number>();
  for (const { label, similarity } of nearest) votes.set(label, (votes.get(label) ?? 0) + similarity / nearest.length);
  return [...votes].map(([label, similarity]) => ({ label, similarity })).sort((a, b) => b.similarity - a.similarity);
}

function groupByLabel({ examples }: ExampleSet): ReadonlyMap<string, readonly Float32Array[]> {
  const groups = new Map<string, Float32Array[]>();
  for (const { label, embedding } of examples) {
    const group = groups.get(label);
    if (group) group.push(embedding);
    else groups.set(label, [embedding]);
  }
  return groups;
}

function mean(vectors: readonly Float32Array[]): Float32Array {
  const length = vectors[0]?.length ?? 0;
  return Float32Array.from({ length }, (_, i) => vectors.reduce((sum, v) => sum + (v[i] ?? 0), 0) / vectors.length);
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function checkSet({ model, examples }: ExampleSet, embedding: Float32Array): void {
  if (examples.length === 0) {
    throw new EfficientNetError("invalid-argument", "there are no examples", { hint: "give at least one per label" });
  }
  const other = examples.find((example) => example.embedding.length !== embedding.length);
  if (other === undefined) return;
  throw new EfficientNetError("wrong-shape", `the embedding does not belong to the examples of ${model}`, {
    expected: `${other.embedding.length} values`,
    received: `${embedding.length} values`,
    hint: "make examples and questions with the same network",
  });
}
