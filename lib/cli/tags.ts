import type { Tag } from '../reports/compliance/scope.ts';
import { UserError } from '../support/user-error.ts';

/** The option by which a command looks at resources with these tags alone. */
export const tagOption = { tag: { type: 'string', multiple: true } } as const;

const tagOf = (text: string): Tag => {
  const [key = '', ...value] = text.split('=');
  if (key.trim() === '') throw new UserError(`--tag is ${text}; give a key, or key=value`);
  return value.length > 0 ? { key, value: value.join('=') } : { key };
};

/** The tags that `--tag key=value --tag key` names: a resource has all of them. */
export const tagsNamed = (said: readonly string[] = []): readonly Tag[] => said.map(tagOf);
