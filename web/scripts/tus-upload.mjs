// Uploads a file with the client library of tus, which is not ours: the tests of the platform say where and break it off on the way.
// ENDPOINT, COOKIE, XSRF; METADATA and FILE; STOP_AT: bytes after which it stops as a browser does that is closed; URL: goes on with that upload.
import { createReadStream, statSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const { ENDPOINT, COOKIE, XSRF, METADATA, FILE, STOP_AT, URL: known } = process.env;
const uploadSize = statSync(FILE).size;

const upload = new Upload(createReadStream(FILE), {
  endpoint: ENDPOINT,
  uploadUrl: known || undefined,
  uploadSize,
  chunkSize: 3_000_000,
  retryDelays: null,
  metadata: JSON.parse(METADATA),
  headers: { Cookie: COOKIE, 'X-XSRF-TOKEN': XSRF },
  onChunkComplete: (_, accepted) => {
    if (!STOP_AT || accepted < Number(STOP_AT)) return;
    console.log(upload.url);
    process.exit(0);
  },
  onError: (error) => {
    console.error(error.message);
    process.exit(1);
  },
  onSuccess: () => {
    console.log(upload.url);
    process.exit(0);
  },
});
upload.start();
