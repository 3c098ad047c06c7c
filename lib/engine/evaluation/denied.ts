import type { Denied } from '../../model/denied.ts';

/**
 * How AWS says which kind of policy refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const byDeny = / with an explicit deny in an? (?<by>[\w -]*?policy|permissions boundary)(?![\w-])/;
const byNoAllow = / because no (?<by>[\w -]*?policy|permissions boundary) allows the /;
const ofAction = / is not authorized to perform: (?<action>[\w-]+:\w+)/;

/** What a refusal says that our own role may not read. */
export const deniedIn = (facet: string, refusal: string): Denied => {
  const { action } = ofAction.exec(refusal)?.groups ?? {};
  const { by } = (byDeny.exec(refusal) ?? byNoAllow.exec(refusal))?.groups ?? {};
  return {
    facet,
    ...(action === undefined ? {} : { action }),
    ...(by === undefined ? {} : { by }),
  };
};
