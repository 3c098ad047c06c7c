import { type CombinedPlan, type Plan, propose } from '../../../../model/control.ts';
import type { Ref } from '../../../../model/resource-type.ts';
import type { IdentifiedRule } from '../../../../resources/ec2/security-group-rules.ts';
import { openText, ruleText } from '../open-ports-evidence.ts';
import type { PrefixLists } from '../port-rules.ts';
import { callsOf, undoOf } from './calls.ts';
import { type Changes, changesOf, isNothing } from './changes.ts';
import { type Closing, closingOf } from './closing.ts';
import type { Forbidden, Part } from './contribution.ts';
import { type Capacities, fits, listFamiliesOf } from './quota.ts';

/** What a plan is made from. */
export interface GroupState {
  readonly identifiedRules: readonly IdentifiedRule[];
  readonly prefixLists: PrefixLists;
  readonly prefixListCapacities: Capacities;
  readonly interfaces: readonly string[];
}

/** What would be done for these parts, and what stands against each of them. */
interface Draft {
  readonly what: string;
  readonly changes: Changes;
  /** Somebody may miss what a control would allow by itself. */
  readonly isNoticed: boolean;
  readonly obstacles: ReadonlyMap<Part, string>;
}

const emptied = ({ identifiedRules, interfaces }: GroupState): Draft => ({
  what: 'removes every rule of the default group',
  changes: { narrowed: [], added: [], removed: identifiedRules },
  isNoticed: false,
  obstacles: new Map(
    interfaces.length > 0
      ? [['everything', `the group is in use, by ${interfaces.slice(0, 3).join(', ')}`]]
      : [],
  ),
});

const mostNamed = 3;

/** What stays of those that let untrusted sources in together, by name. */
const leavesOf = ({ spared }: Closing): string => {
  if (spared.length === 0) return '';
  const more = spared.length > mostNamed ? ` and ${spared.length - mostNamed} more` : '';
  const named = spared.slice(0, mostNamed).map(ruleText).join(', ');
  return `, and leaves "${named}"${more}, which let in fewer without the others`;
};

/** `closes tcp 22 to the internet and udp 53 to public networks`. */
const whatOf = (closing: Closing): string => {
  const { closed: ports, closesProtocols } = closing;
  const names = new Set(ports.map(({ part }) => part.untrusted.name));
  const closings = [...names].map((name) => {
    const some = ports.filter(({ part }) => part.untrusted.name === name);
    return `${openText(some)} to ${name}`;
  });
  const more = closesProtocols ? ', with all protocols but ICMP that have no ports' : '';
  return `closes ${closings.join(' and ')}${more}${leavesOf(closing)}`;
};

const closed = (state: GroupState, parts: readonly Forbidden[], { account }: Ref): Draft => {
  const { identifiedRules: before, prefixLists: entries, prefixListCapacities } = state;
  const lists = { entries, families: listFamiliesOf(prefixListCapacities) };
  const closing = closingOf(before, lists, parts);
  const changes = changesOf(before, closing.rules, account);
  const obstacles = new Map<Part, string>(closing.obstacles);
  if (!fits(before, changes.added, prefixListCapacities)) {
    const why = `what stays open takes more rules (${changes.added.length}) than there may be room for`;
    for (const part of parts) if (!obstacles.has(part)) obstacles.set(part, why);
  }
  return {
    what: whatOf(closing),
    changes,
    isNoticed: closing.closesProtocols || closing.closed.some(({ part }) => part.altogether),
    obstacles,
  };
};

const draftOf = (state: GroupState, parts: readonly Part[], ref: Ref): Draft => {
  const forbidden = parts.filter((part) => part !== 'everything');
  return forbidden.length < parts.length ? emptied(state) : closed(state, forbidden, ref);
};

const countOf = ({ narrowed, added, removed }: Changes): string =>
  [
    narrowed.length > 0 ? `${narrowed.length} narrowed` : '',
    added.length > 0 ? `${added.length} added` : '',
    removed.length > 0 ? `${removed.length} removed` : '',
  ]
    .filter(Boolean)
    .join(', ');

const planOf = ({ what, changes, isNoticed }: Draft, { id }: Ref): Plan => ({
  kind: 'calls',
  risk: isNoticed ? 'disruptive' : 'safe',
  summary: `${what} (rules: ${countOf(changes)})`,
  calls: callsOf(id, changes),
  undo: { calls: undoOf(id, changes), widensAccess: true },
});

/** Parts against which something stands are left to a person; where that is the first one, it is all there is. */
export const decision = (
  state: GroupState,
  parts: readonly Part[],
  ref: Ref,
): CombinedPlan<Part> => {
  const draft = draftOf(state, parts, ref);
  if (isNothing(draft.changes))
    return { plan: propose('its rules changed while they were read'), left: [] };
  const left = parts.filter((part) => draft.obstacles.has(part));
  if (left.length === 0) return { plan: planOf(draft, ref), left };
  const [first, ...others] = parts;
  const why = first && draft.obstacles.get(first);
  if (why === undefined) {
    const rest = parts.filter((part) => !left.includes(part));
    const made = decision(state, rest, ref);
    return { plan: made.plan, left: [...left, ...made.left] };
  }
  if (others.length === 0) return { plan: propose(why, callsOf(ref.id, draft.changes)), left };
  return { plan: decision(state, parts.slice(0, 1), ref).plan, left: others };
};
