import { saysSomething } from '../../support/says-something.ts';
import type { Constructs } from '../cdk-constructs.ts';
import type { Template } from '../template.ts';
import { hasEnded, type Suppressions, suppressionsOf, whyUnknown } from './suppressions.ts';

type Ids = readonly string[] | undefined;

/** The exemptions of a template that do not count, each with its place and why. */
const refusedIn = (suppressions: readonly Suppressions[], ids: Ids, at: Date): readonly string[] =>
  suppressions.flatMap(({ all, refused }) => {
    const ended = all
      .filter((one) => hasEnded(one, at))
      .map((one) => ({
        ...one,
        why: `the exemption of ${one.control} ended on ${one.expires?.slice(0, 10)}, and does not count`,
      }));
    const unknown = all.flatMap((one) => {
      const why = ids && whyUnknown(one.control, ids);
      return why === undefined ? [] : [{ ...one, why }];
    });
    return [...refused, ...unknown, ...ended].map(
      ({ file, line, why }) => `${file}:${line}: ${why}`,
    );
  });

/** Why acknowledgements of an app do not count. */
const refusedBy = (constructs: Constructs | undefined, ids: Ids): readonly string[] =>
  (constructs?.acknowledgements ?? []).flatMap(({ control, at, reason }) => {
    if (!saysSomething(reason))
      return [`the acknowledgement of ${control} at ${at} gives no reason, and does not count`];
    const why = ids && whyUnknown(control, ids);
    return why === undefined
      ? []
      : [`${at}: ${why.replace('the exemption', 'the acknowledgement')}`];
  });

/**
 * The exemptions of a template and the acknowledgements of its app that do not count, each once, with its place and why.
 * @param asked `ids`: the ids of all controls, asked for where somebody names one (without it any id is taken for one), and the time
 */
export const refusedExemptions = async (
  template: Template,
  constructs: Constructs | undefined,
  { ids: idsOf, at }: { readonly ids?: () => Promise<readonly string[]>; readonly at: Date },
): Promise<ReadonlySet<string>> => {
  const suppressions = [...template.declarations.values()].map((one) =>
    suppressionsOf(template, one),
  );
  const isAny =
    (constructs?.acknowledgements.length ?? 0) > 0 ||
    suppressions.some(({ all }) => all.length > 0);
  const ids = isAny ? await idsOf?.() : undefined;
  const { file } = template.document;
  const ofApp = refusedBy(constructs, ids).map((why) => `${file}: ${why}`);
  return new Set([...refusedIn(suppressions, ids, at), ...ofApp]);
};
