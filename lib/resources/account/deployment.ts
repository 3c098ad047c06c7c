import { isStackUnsettled, ownAnnouncements } from './own-announcements.ts';
import { ownFacets } from './own-facets.ts';
import { transportFacets } from './own-transport.ts';
import { homeWide } from './wide.ts';

/** Plumbline itself, where it is deployed. */
export const deployment = homeWide({
  type: 'Plumbline::Deployment',
  unsettled: { facet: 'stack', while: isStackUnsettled },
  announcements: ownAnnouncements,
  facets: { ...ownFacets, ...transportFacets },
});
