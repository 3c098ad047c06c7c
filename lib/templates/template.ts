import type { TagValues } from '../engine/posture/report-tags.ts';
import { asRecord, isRecord } from '../support/untyped.ts';
import type { Document, Path, Range, Span } from './document/document.ts';
import type { SourceLines } from './document/secret-lines.ts';
import type { Edit } from './edit/tree-edits.ts';
import type { Live } from './live.ts';
import type { Proposal } from './proposal.ts';

/** What a resource has by its names. */
export interface Named {
  get(name: string): { name(): string | undefined };
}

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
  /** Of SAM: the globals that it does not take, by their names, or `*` for all of them. */
  readonly ignoresGlobals?: unknown;
  /** Of SAM: what connects it with others, as it is written. */
  readonly connectors?: unknown;
  /** A resource that another stack makes, of which a part is declared here: the part's properties are at its path. */
  readonly isPart?: {
    readonly isWhole: boolean;
    readonly isOpen?: boolean;
    /** The part for which it is looked at: a list of owners makes several of one. */
    readonly by?: string;
    /** The types of its parts, of which each is looked at by itself. @default - all that lead to it are looked at together */
    readonly alone?: readonly string[];
    /** Whether two of these are looked at together. @default - none are */
    readonly together?: (one: Named, other: Named) => boolean;
  };
  /** Where it is made, where that is another place than the deployment's. */
  readonly place?: Partial<Pick<Deployment, 'account' | 'region' | 'partition'>>;
}

/** Whether a list or a value stands where its map of properties belongs, which CloudFormation refuses. */
export const hasNoMap = ({ properties }: Pick<Declaration, 'properties'>): boolean =>
  properties !== undefined && properties !== null && !isRecord(properties);

/** Where somebody wrote what is declared. */
export interface Written {
  readonly file: string;
  /** Of the file; `undefined` where it is nothing to show: a plan holds what is secret. */
  readonly text: string | undefined;
  /** Of the same text. */
  readonly lines: SourceLines | undefined;
  /** Where the same text has comments. @default - nowhere */
  readonly comments?: () => readonly Span[];
  /** Of a module that somebody else wrote. @default false */
  readonly isFetched?: true;
  readonly range: Range;
}

/** Of where a template is deployed, what somebody may leave open. */
export type Assumable = 'account' | 'region' | 'partition' | 'stackName';

/** What a template is deployed with, as far as it is known. */
export interface Deployment {
  /** What nobody said, and is taken to be so. @default - all of it is known */
  readonly assumed?: readonly Assumable[];
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
  /** Values of parameters that somebody gave. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of a stack that is nested in another: the tags of these keys that it has from there, which all of its resources get. */
  readonly tagsOf?: (keys: readonly string[]) => TagValues;
}

/** What is written in a template and CloudFormation does not take. */
export interface RefusedPart {
  readonly path: Path;
  readonly why: string;
  /** A later release than ours may know it. */
  readonly mayBeNew?: true;
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
  /** How many resources it has, where what is declared is not one for one. */
  readonly size?: number;
  /** The types that its source has and nothing looks at, once for each resource. @default - by what is declared */
  readonly passedOver?: readonly string[];
  /** What its transform refuses. @default - nothing */
  readonly refused?: readonly RefusedPart[];
  /** How much of it is not evaluated and can decide. @default 0 */
  readonly unread?: number;
  /** Where a property is written, by its path; of no path where the resource is. @default - in the document */
  readonly writtenAt?: (declared: Declaration, path: Path) => Written;
  /** All that declares a resource, for what is said inside of it. @default - its part of the document */
  readonly blocksOf?: (declared: Declaration) => readonly Written[];
  /** What is asked of the account as it is. @default - nothing */
  readonly live?: Live;
  /** What its sources are to say for changes of what it declares. @default - the document is its source */
  readonly proposalFor?: (edits: readonly Edit[]) => Proposal;
}

/** The template as it is where one of its resources is made. */
export const placed = (template: Template, { place }: Declaration): Template =>
  place ? { ...template, deployment: { ...template.deployment, ...place } } : template;

/**
 * A macro is given what stands beside it, and can answer anything in the place of all of it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html
 */
export const macro = 'Fn::Transform';

/** One text for each type, which is quick to look something up by: V8 looks for one that JSON gave by what is in it, each time. */
const types = new Map<string, string>();
const typeNamed = (written: string): string => {
  const known = types.get(written);
  if (known !== undefined) return known;
  const [type = written] = Object.keys({ [written]: true });
  types.set(type, type);
  return type;
};

export const declarationOf = (logicalId: string, written: unknown): Declaration | undefined => {
  const fields = asRecord(written);
  const { Type, Properties, Condition, Metadata, IgnoreGlobals, Connectors } = fields;
  if (typeof Type !== 'string') return undefined;
  return {
    logicalId,
    type: typeNamed(Type),
    // A macro in the resource can make anything of its properties.
    properties: Object.hasOwn(fields, macro) ? { [macro]: fields[macro] } : Properties,
    condition: typeof Condition === 'string' ? Condition : undefined,
    path: ['Resources', logicalId],
    metadata: asRecord(Metadata),
    ...(IgnoreGlobals === undefined ? {} : { ignoresGlobals: IgnoreGlobals }),
    ...(Connectors === undefined ? {} : { connectors: Connectors }),
  };
};
