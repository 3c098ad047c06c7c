export const it_ = (type: string, properties: string, more = '') => `# What the shop needs.
Parameters:
  Open: {Type: String}   # somebody says it
Resources:
  # the one
  It: # it
    Type: AWS::${type}

    Properties: # all of it
${properties.replace(/^/gm, '      ')}   # the last

  # another
  Other: {Type: 'AWS::SNS::Topic'}
${more}`;

/** A template that fails a control of which a plan mends it: what the control is about is `It`. */
export interface FailingTemplate {
  readonly control: string;
  /** CloudFormation's type. */
  readonly as: string;
  readonly text: string;
}
