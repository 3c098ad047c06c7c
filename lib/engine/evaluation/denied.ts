import type { Denied } from '../../model/denied.ts';
import { clip } from '../../support/clip.ts';

/**
 * How AWS says which kind of policy refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const byDeny = / with an explicit deny in an? (?<by>[\w -]*?policy|permissions boundary)(?![\w-])/;
const byNoAllow = / because no (?<by>[\w -]*?policy|permissions boundary) allows the /;
const ofAction = / is not authorized to perform: (?<action>[\w-]+:\w+)/;

/** Rows keep it, each for all controls: it is bounded, whatever AWS writes. */
const mostSaid = 100;

/** What a refusal says that our own role may not read. */
export const deniedIn = (facet: string, refusal: string): Denied => {
  const { action } = ofAction.exec(refusal)?.groups ?? {};
  const { by } = (byDeny.exec(refusal) ?? byNoAllow.exec(refusal))?.groups ?? {};
  return {
    facet,
    ...(action === undefined ? {} : { action: clip(action, mostSaid) }),
    ...(by === undefined ? {} : { by: clip(by, mostSaid) }),
  };
};
