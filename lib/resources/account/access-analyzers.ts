import type { Announcement, Facets } from '../../model/resource-type.ts';
import { accessanalyzer } from '../../services/accessanalyzer.ts';
import { collect } from '../iam/iam-details.ts';
import { here } from './here.ts';

/** What changes the IAM Access Analyzers of a region. */
export const accessAnalyzerAnnouncement = {
  via: 'cloudtrail',
  source: accessanalyzer.eventSource,
  calls: { CreateAnalyzer: ['accessAnalyzers'], DeleteAnalyzer: ['accessAnalyzers'] },
  idsIn: here,
} as const satisfies Announcement;

export const accessAnalyzerFacets = {
  /** Those of this account: an organization's are seen in the account that administers them, not in the members. */
  accessAnalyzers: {
    actions: ['access-analyzer:ListAnalyzers'],
    read: (reader) =>
      collect(
        reader.pages('accessanalyzer', 'listAnalyzers', {}),
        (page) => page.analyzers,
        ({ name = '', type, status }) => ({ name, type, status }),
      ),
    // One that is being made becomes active by itself.
    comparable: (value) =>
      Array.isArray(value)
        ? value.map((analyzer) => ({ ...Object(analyzer), status: undefined }))
        : value,
  },
} as const satisfies Facets;
