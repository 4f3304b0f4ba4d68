// An agency's program: it gets a token for its secret, names the employer, and posts a job in two fairs. It knows the platform by the generated client only.
import { client } from './generated/client.gen';
import {
  recruitmentBindEmployer, recruitmentGetPartnerJob, recruitmentPostJob, registrationIssueClientToken, type RecruitmentJobAdvert,
} from './generated';

declare const process: { env: Record<string, string>; exitCode: number };

const { EXPO_GATEWAY, CLIENT_ID, CLIENT_SECRET, EMPLOYER, EDITION, VALID_THROUGH } = process.env;

const job: RecruitmentJobAdvert = {
  employerRef: 'EMP-77',
  edition: EDITION,
  fairs: ['elite', 'open'],
  title: { zh: '高级工程师', en: 'Senior engineer' },
  descriptionHtml: { zh: '<p>研发系统。</p>', en: '<p>Build systems.</p>' },
  validThrough: VALID_THROUGH,
  employmentType: 'FULL_TIME',
  locations: [{ country: 'CN', province: '44', city: '440300' }],
  salary: { min: '200000', currency: 'CNY', period: 'YEAR' },
  openings: 1,
  industry: 'it_internet',
  directApply: true,
};

async function main() {
  client.setConfig({ baseUrl: EXPO_GATEWAY });

  const token = await registrationIssueClientToken({
    body: { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET, scope: 'jobs:write jobs:read' },
    throwOnError: true,
  });
  client.setConfig({ auth: () => token.data.access_token });

  await recruitmentBindEmployer({ path: { employerRef: 'EMP-77' }, body: { organisationId: EMPLOYER }, throwOnError: true });

  const posted = await recruitmentPostJob({ path: { externalId: 'AG-1001' }, body: job });
  const again = await recruitmentPostJob({ path: { externalId: 'AG-1001' }, body: job, throwOnError: true });
  const read = await recruitmentGetPartnerJob({ path: { externalId: 'AG-1001' }, throwOnError: true });
  console.log(JSON.stringify({
    status: posted.response.status,
    posted: posted.data ?? posted.error,
    again: again.data.outcome,
    etag: posted.response.headers.get('etag'),
    rateLimit: posted.response.headers.get('ratelimit'),
    read: read.data,
  }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
