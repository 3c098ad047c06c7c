import type { IdsIn } from '../../model/resource-type.ts';
import { text } from '../../support/untyped.ts';

/** The region of an event, which is the id of what there is once in a region. */
export const here: IdsIn = ({ awsRegion }) => {
  const region = text(awsRegion);
  return region === undefined ? 'all' : [region];
};
