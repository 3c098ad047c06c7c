import { record } from '../support/untyped.ts';
import type { Document, Path } from './document/document.ts';

/** One resource as a template declares it. */
export interface Declaration {
  readonly logicalId: string;
  /** CloudFormation's type. */
  readonly type: string;
  /** Unresolved. */
  readonly properties: unknown;
  readonly condition: string | undefined;
  /** Where it stands in the document. */
  readonly path: Path;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** A resource that another stack makes, of which a part is declared here: the part's properties are at its path. */
  readonly isPart?: { readonly isWhole: boolean };
}

/** What a template is deployed with, as far as it is known. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
  /** Values of parameters that somebody gave. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A document whose resources are in CloudFormation's property shape. */
export interface Template {
  readonly document: Document;
  readonly deployment: Deployment;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly byType: ReadonlyMap<string, readonly Declaration[]>;
}

export const declarationOf = (logicalId: string, written: unknown): Declaration | undefined => {
  const { Type, Properties, Condition, Metadata } = record(written);
  if (typeof Type !== 'string') return undefined;
  return {
    logicalId,
    type: Type,
    properties: Properties,
    condition: typeof Condition === 'string' ? Condition : undefined,
    path: ['Resources', logicalId],
    metadata: record(Metadata),
  };
};
