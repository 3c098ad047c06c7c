import type { Door, Outsiders } from './open-ports.ts';
import { type Family, families, holdInternet, isPrivate } from './sources.ts';

const letInternetIn = (family: Family, doors: readonly Door[]): readonly Door[] => {
  const alone = doors.filter(({ networks }) => holdInternet(family, networks));
  if (alone.length > 0 || doors.length === 1) return alone;
  const together = doors.flatMap(({ networks }) => networks);
  if (!holdInternet(family, together)) return [];
  return doors.filter(({ networks }) =>
    networks.some((network) => network.family === family && !isPrivate(network)),
  );
};

/** Anybody on the internet, over either family or the one named. */
export const anybody = (family?: Family): Outsiders => {
  const over = family === undefined ? families : [family];
  return {
    name: family === undefined ? 'the internet' : `the internet over ${family}`,
    letIn: (doors) => over.flatMap((each) => letInternetIn(each, doors)),
  };
};
