/** The tags that a reader knows, such as `!reset`. Any other tag is ignored. */
export type Tags = ReadonlySet<string>;

/** How the program that takes a file reads YAML, where programs differ. */
export interface Reads {
  /** The tags that it knows. @default - all, since CloudFormation has tags of its own */
  readonly tags?: Tags;
  /**
   * Whether `<<` is refused below a key that it also sets. Programs differ: with kubectl the merged value wins (goyaml.v2 of
   * https://github.com/kubernetes-sigs/yaml sets keys and merges in order), with Kustomize the written one.
   * @default false: the written value wins
   */
  readonly isMergeBelowRefused?: boolean;
}

/** `!Ref` and `!GetAtt` as JSON has them. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
export const longFormOf = (tag: string): string | undefined => {
  if (!/^!\w+$/.test(tag)) return undefined;
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
};

/** `!GetAtt Key.Arn` is a list in JSON; the attribute of a nested stack, `Outputs.Name`, has a dot of its own. */
export const withDots = (form: string, value: unknown): unknown => {
  if (form !== 'Fn::GetAtt' || typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot === -1 ? value : [value.slice(0, dot), value.slice(dot + 1)];
};
