import type { About, Reader } from '../../model/resource-type.ts';
import { tagsIn } from '../described.ts';

/** States in which nothing changes by itself: "creating, available, modifying, deleting, create-failed, snapshotting". */
export const isChanging = (value: unknown): boolean =>
  /^(creating|modifying|deleting|snapshotting|rebooting cluster nodes)/.test(
    String(Object(value).state),
  );

/** ARN and tags, which a call of its own shows. */
export const aboutArn = async (reader: Reader, arn: string): Promise<About> => {
  const asked = { ResourceName: arn };
  const { TagList } = await reader.call('elasticache', 'listTagsForResource', asked);
  return { arn, tags: tagsIn(TagList) };
};
