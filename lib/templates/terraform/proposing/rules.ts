import { groupsBy } from '../../../support/groups.ts';
import type { Path } from '../../document/document.ts';
import { CannotEdit } from '../../edit/tree-edits.ts';
import { Holed } from '../../resolution/hole.ts';
import { keyOf, type Source } from '../declared.ts';
import type { Wanted } from '../mapping.ts';
import type { Whole } from '../owners.ts';
import type { View } from '../view.ts';
import type { Change, Planning } from './change.ts';

const lists = ['SecurityGroupIngress', 'SecurityGroupEgress'];
/** Whether a path leads to a rule of a group, in it or apart. */
export const isRule = ({ type }: Whole, [property]: Path): boolean =>
  lists.some((name) => type === `AWS::EC2::${name}`) || lists.includes(String(property));

const peers = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
];
/** Attributes of which each item is a rule of its own. */
const listed = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'];

const peerOf = ({ sources }: Whole, path: Path): Source => {
  const found = peers.flatMap((peer) => sources.get(keyOf([...path, peer])) ?? [])[0];
  if (!found) throw new CannotEdit('the plan does not say where the rule is written');
  return found;
};
const isItem = ({ path }: Source): boolean => typeof path.at(-1) === 'number';
/** The block of a rule within its resource; the resource itself has no steps. */
const blockOf = (source: Source): Path => source.path.slice(0, isItem(source) ? -2 : -1);

const viewAt = (view: View, path: Path): View =>
  path.reduce<View>((at, step) => at.step(step), view);
/** How many rules a block is. */
const countIn = (block: View): number =>
  listed.reduce((sum, name) => {
    const items = block.get(name).items();
    return sum + (items instanceof Holed ? 2 : items.length);
  }, 0) +
  ['source_security_group_id', 'self'].filter((name) => {
    const tree = block.get(name).tree();
    return tree !== undefined && tree !== '' && tree !== false;
  }).length;

const descending = (a: Source, b: Source): number => Number(b.path.at(-1)) - Number(a.path.at(-1));

/** What of the rules of groups goes: items of their lists, or the block, or the resource, that is nothing else. */
export const rulesTaken = (
  rules: readonly (readonly [Whole, Path])[],
  { viewOf }: Planning,
): readonly Change[] => {
  const blocks = groupsBy(
    rules.map(([whole, path]) => peerOf(whole, path)),
    (source) => JSON.stringify([source.resource.address, blockOf(source)]),
  );
  // From behind: the places of the others stay what they are.
  return [...blocks.values()].toReversed().flatMap((all): readonly Change[] => {
    const [first] = all;
    if (!first) return [];
    const { resource } = first;
    const block = blockOf(first);
    if (all.length < countIn(viewAt(viewOf(resource), block)))
      return all
        .toSorted(descending)
        .map((one) =>
          isItem(one)
            ? { kind: 'take', resource, path: one.path }
            : { kind: 'set', resource, path: one.path, value: undefined },
        );
    return [
      block.length === 0 ? { kind: 'drop', resource } : { kind: 'take', resource, path: block },
    ];
  });
};

/** What a rule says otherwise; a block of several rules says it of all of them. */
export const ruleWritten = (
  whole: Whole,
  { path, value }: Wanted,
  { viewOf }: Planning,
): readonly Change[] => {
  const source = whole.sources.get(keyOf(path));
  const peer = peerOf(whole, path.slice(0, -1));
  if (!source) throw new CannotEdit('the plan does not say where the rule is written');
  const { resource } = source;
  const isPeer = peers.includes(String(path.at(-1)));
  if (!isPeer && countIn(viewAt(viewOf(resource), blockOf(peer))) > 1)
    throw new CannotEdit('its block is several rules: write a block of its own for it first');
  return [{ kind: 'set', resource, path: source.path, value }];
};
