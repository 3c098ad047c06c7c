import { accessanalyzer } from '../../services/accessanalyzer.ts';
import { collect } from '../iam/iam-details.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** The IAM Access Analyzers of a region. */
export const accessAnalyzerRegion = regionWide({
  type: 'Plumbline::AccessAnalyzer::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: accessanalyzer.eventSource,
      calls: { CreateAnalyzer: ['accessAnalyzers'], DeleteAnalyzer: ['accessAnalyzers'] },
      idsIn: here,
    },
  ],
  facets: {
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
  },
});
