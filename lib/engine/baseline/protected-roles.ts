/** An ARN of a role as IAM's policies take it: a role's path and name may have `*` and `?`. */
export const isRoleArn = (text: string): boolean =>
  /^arn:aws(-[a-z]+)*:iam::(\d{12}|\*):role\/[\w+=,.@/*?-]{1,512}$/.test(text);

/** Whether a text is as a pattern has it: `*` is any text and `?` any character. In the time of both their lengths. */
const isLike = (pattern: string, text: string): boolean => {
  let matched = new Set([0]);
  const closed = (ends: ReadonlySet<number>): Set<number> => {
    const all = new Set(ends);
    for (const end of all) if (pattern[end] === '*') all.add(end + 1);
    return all;
  };
  matched = closed(matched);
  for (const character of text) {
    const next = new Set<number>();
    for (const at of matched) {
      if (pattern[at] === '*') next.add(at);
      else if (pattern[at] === '?' || pattern[at] === character) next.add(at + 1);
    }
    matched = closed(next);
  }
  return matched.has(pattern.length);
};

/** The entry of `protectedRoles` that names a resource, as IAM reads it. */
export const protectingEntry = (
  protectedRoles: readonly string[],
  arn: string,
): string | undefined => protectedRoles.find((entry) => isLike(entry, arn));
