import type { Field } from './field.ts';

/** A variable that an instruction sets; `value`, as it is written, is absent for a build argument without a default. */
export interface DockerVariable {
  readonly name: string;
  readonly value: string | undefined;
}
/** An instruction as BuildKit reads it: without comments and continued lines. */
export interface DockerInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** As it is written, over all of its lines. */
  readonly source: string;
  readonly flags: ReadonlyMap<string, string>;
  readonly words: readonly string[];
  /** What a shell is given: the words, or the documents that stand below. */
  readonly script: string;
  readonly variables: readonly DockerVariable[];
  /** It stands behind ONBUILD: images that are built from this one have it. */
  readonly isForOthers: boolean;
  readonly said: Field;
}
/** A text of which variables may have no value. */
export interface Expanded {
  readonly text: string;
  readonly missing: readonly string[];
}
/** A stage of a Dockerfile. */
export interface DockerStage {
  readonly name: string;
  readonly from: Field;
  /** What it begins with: nothing, another stage, or an image. */
  readonly base:
    | { readonly kind: 'scratch' }
    | { readonly kind: 'stage'; readonly stage: DockerStage }
    | { readonly kind: 'image'; readonly image: Expanded };
  readonly instructions: readonly DockerInstruction[];
  /** Its layers are in the image that ships. */
  readonly isShipped: boolean;
  /** A text of an instruction with the variables that stand above it. */
  expanded(text: string, before: DockerInstruction): Expanded;
}
/** The image that ships: the last stage, upon those that it begins with. */
export interface DockerImage {
  /** The first is the one that ships, the last the one that begins with an image, or with nothing. */
  readonly stages: readonly DockerStage[];
}
