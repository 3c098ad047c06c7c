import type { Constructs } from '../cdk-constructs.ts';
import type { Template } from '../template.ts';
import { type Suppressions, suppressionsOf, whyUnknown } from './suppressions.ts';

type Ids = readonly string[] | undefined;

/** The exemptions of a template that do not count, each with its place and why. */
const refusedIn = (suppressions: readonly Suppressions[], ids: Ids): readonly string[] =>
  suppressions.flatMap(({ all, refused }) => {
    const unknown = all.flatMap((one) => {
      const why = ids && whyUnknown(one.control, ids);
      return why === undefined ? [] : [{ ...one, why }];
    });
    return [...refused, ...unknown].map(({ file, line, why }) => `${file}:${line}: ${why}`);
  });

/** Why acknowledgements of an app do not count. */
const refusedBy = (constructs: Constructs | undefined, ids: Ids): readonly string[] =>
  (constructs?.acknowledgements ?? []).flatMap(({ control, at, reason }) => {
    if (reason === '')
      return [`the acknowledgement of ${control} at ${at} gives no reason, and does not count`];
    const why = ids && whyUnknown(control, ids);
    return why === undefined
      ? []
      : [`${at}: ${why.replace('the exemption', 'the acknowledgement')}`];
  });

/**
 * The exemptions of a template and the acknowledgements of its app that do not count, each once, with its place and why.
 * @param idsOf the ids of all controls, asked for where somebody names one; without it any id is taken for one
 */
export const refusedExemptions = async (
  template: Template,
  constructs: Constructs | undefined,
  idsOf: (() => Promise<readonly string[]>) | undefined,
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
  return new Set([...refusedIn(suppressions, ids), ...ofApp]);
};
