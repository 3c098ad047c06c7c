import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LastWill, quoted } from './last-will.ts';

const root = '/sys/fs/cgroup';

/** Where a host's groups are made: one hierarchy, or systemd's two of a machine that still has several. */
export const hierarchies = (): readonly string[] => {
  const several = ['systemd', 'unified'].map((name) => join(root, name)).filter(existsSync);
  return several.length > 0 ? several : [root];
};

/**
 * Groups of processes for one host, without which two systemds would take each other's processes for their own. They
 * end with all that is in them.
 */
export const controlGroups = async (name: string, will: LastWill): Promise<readonly string[]> => {
  const groups = hierarchies().map((hierarchy) => join(hierarchy, 'plumbline', name));
  for (const group of groups) {
    will.add(`find ${quoted(group)} -depth -type d -exec rmdir {} + 2>/dev/null`);
    will.add(endOf(group));
    await mkdir(group, { recursive: true });
  }
  return groups;
};

/** A line of sh that ends what runs in a group: again until nothing is left, since it may just have started something. */
export const endOf = (group: string) =>
  `for again in $(seq 500); do left=$(find ${quoted(group)} -name cgroup.procs -exec cat {} +); [ -n "$left" ] || break; kill -KILL $left 2>/dev/null; sleep 0.02; done`;
