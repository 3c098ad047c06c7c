/** Tags of whoever reads the text, such as `!reset`; what has another one is what it would be without. */
export type Tags = ReadonlySet<string>;

/** How whoever takes a file reads YAML, where readers differ. */
export interface Reads {
  /** Those that mean something. @default - all, as CloudFormation has its own */
  readonly tags?: Tags;
  /**
   * Whether a merge that stands below what it brings as well is refused: kubectl lets it win (goyaml.v2 of
   * https://github.com/kubernetes-sigs/yaml sets keys and merges in order), Kustomize what is written.
   * @default false, what is written wins
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
