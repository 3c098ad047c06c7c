import { isSecretLine } from '../../support/secrets/kept-line.ts';
import { hasSecretWithin } from '../../support/secrets/kept-text.ts';
import { UserError } from '../../support/user-error.ts';
import type { Document } from '../../templates/document/document.ts';
import { readDocuments } from '../../templates/document/read-document.ts';
import { type SecretLines, secretLinesIn } from '../../templates/document/secret-lines.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';
import type { Setting } from '../../templates/proposal.ts';

/** Whether what is proposed for the sources of a plan has a secret in it. */
export const proposesSecret = ({ text, attribute = '', value }: Setting): boolean =>
  text.split('\n').some(isSecretLine) || hasSecretWithin({ [attribute]: value });

/** A text as YAML or JSON; of what is neither nothing. */
const documentsIn = async ({ before, file }: FixedFile): Promise<readonly Document[]> => {
  try {
    return await readDocuments(before, file);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
};

/** The lines of a file, as it was, on which secrets stand. */
export const secretLinesOf = async (one: FixedFile): Promise<SecretLines> => {
  const { before, fixed, left, secrets = [] } = one;
  const failures = [...fixed, ...left].flatMap(({ checked }) =>
    checked.isHidden ? [checked.range] : [],
  );
  const told = [...secrets, ...failures];
  const found = secretLinesIn(before, await documentsIn(one));
  return {
    has: (line) =>
      told.some((range) => range.line <= line && line <= range.endLine) || found.has(line),
  };
};
