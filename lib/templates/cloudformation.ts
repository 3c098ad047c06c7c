import { record } from '../support/untyped.ts';
import { UserError } from '../support/user-error.ts';
import type { Document } from './document/document.ts';
import { type Declaration, type Deployment, declarationOf, type Template } from './template.ts';

/** Cheap, for the files of a folder: whether a text can be a template at all. */
export const looksLikeTemplate = (text: string): boolean =>
  /["']?Resources["']?\s*:/.test(text) && /AWS::|Custom::/.test(text);

const mostResources = 20_000;

const defaultsOf = (document: Document, parameters: Readonly<Record<string, unknown>>): void => {
  for (const [name, one] of Object.entries(parameters))
    if (typeof one !== 'object' || one === null) {
      const { line, column } = document.rangeOf(['Parameters', name]);
      throw new UserError(
        `${document.file}:${line}:${column}: the parameter ${name} is no mapping`,
      );
    }
};

/** What a document declares. Throws a sentence with file and line for what is no template. */
export const templateOf = (document: Document, deployment: Deployment): Template => {
  const { Resources, Parameters, Conditions, Mappings } = record(document.tree);
  const fail = (at: string, why: string): never => {
    const { line, column } = document.rangeOf([at]);
    throw new UserError(`${document.file}:${line}:${column}: ${why}`);
  };
  if (typeof Resources !== 'object' || Resources === null || Array.isArray(Resources))
    return fail('Resources', 'this is no template: it has no mapping of Resources');
  const written = Object.entries(Resources);
  if (written.length > mostResources)
    fail('Resources', `it has ${written.length} resources; at most ${mostResources} are read`);
  defaultsOf(document, record(Parameters));
  const declarations = new Map<string, Declaration>();
  for (const [logicalId, one] of written) {
    const declared = declarationOf(logicalId, one);
    if (declared) declarations.set(logicalId, declared);
  }
  return {
    document,
    deployment,
    parameters: record(Parameters),
    conditions: record(Conditions),
    mappings: record(Mappings),
    declarations,
    byType: byTypeOf(declarations.values()),
  };
};

export const byTypeOf = (
  declarations: Iterable<Declaration>,
): ReadonlyMap<string, readonly Declaration[]> => {
  const byType = new Map<string, Declaration[]>();
  for (const one of declarations) {
    const all = byType.get(one.type);
    if (all) all.push(one);
    else byType.set(one.type, [one]);
  }
  return byType;
};
