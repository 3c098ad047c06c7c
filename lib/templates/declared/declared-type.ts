import type { Verdict } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Path } from '../document/document.ts';
import type { Resource, Stack } from '../stack.ts';
import type { Declaration, Named } from '../template.ts';

/** A part of what a template declares. */
export interface DeclaredPart {
  readonly declared: Declaration;
  /** Within its properties. */
  readonly path: Path;
}
type PlaceOf = (resource: Resource, stack: Stack, evidence: string) => DeclaredPart | undefined;

interface Part {
  readonly name: string;
  /** Each of these properties can name it; the first that is set does. */
  readonly by: readonly string[];
  /** What else the part and what it is of have under one name, where one name alone says not which it is. */
  readonly also?: readonly string[];
  /** Where none of these properties is set either, it is of one of this type, which nobody names. */
  readonly orElse?: readonly string[];
  /** It need not be of one of this type. */
  readonly isOptional?: true;
  /** What it is of where none of these properties is set. */
  readonly byDefault?: string;
  /** The part is all of what a facet shows: it can pass, and not only fail. */
  readonly isWhole?: true;
  /** What else is there decides about the part too: what it opens is unknown, and told. */
  readonly isOpen?: true;
  /** Whether two parts are looked at together: several open what one would open. @default - none are */
  readonly together?: (one: Named, other: Named) => boolean;
}

/** How a type of the catalogue is declared. */
export interface DeclaredType {
  readonly type: AnyResourceType;
  /** CloudFormation's type. */
  readonly as: string;
  /** The id that our type has. */
  id(resource: Resource): string;
  /** Facets that no template says: a control that needs one of them is left out. */
  readonly untold?: readonly string[];
  /** Controls that are left out, each for the reason that stands beside it. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** It is a setting of a region: the first declaration stands for all of them. */
  readonly isOnce?: true;
  /** Verdicts that are about the declaration; the others are nobody's question here. @default - all */
  keeps?(resource: Resource, verdict: Verdict, stack: Stack): boolean;
  /**
   * What is declared apart of it, by type, and can be of one that the template does not have: the property of its own that
   * names it, and the part's property that does. It is then evaluated as far as that goes.
   */
  readonly parts?: Readonly<Record<string, Part>>;
  /** Whether it is one of the template's own, which names it in another way than by its name or id. */
  isOwn?(resource: Resource, stack: Stack): boolean;
  /** Where the template says what a facet shows, by the path of a piece of evidence. */
  readonly placeOf: PlaceOf;
}

/** `Statement[0].Principal` as steps. */
export const stepsOf = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Looks a facet up in a table of paths within the properties; what follows the facet is appended. */
export const placesIn =
  (table: Readonly<Record<string, string>>): PlaceOf =>
  ({ declared }, _, evidence) => {
    const [known] = Object.keys(table)
      .filter((facet) => evidence === facet || /^[.[]/.test(evidence.slice(facet.length)))
      .filter((facet) => evidence.startsWith(facet))
      .toSorted((a, b) => b.length - a.length);
    if (known === undefined) return undefined;
    const rest = evidence.slice(known.length);
    return { declared, path: [...stepsOf(table[known] ?? ''), ...stepsOf(rest)] };
  };
