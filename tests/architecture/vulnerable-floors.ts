/**
 * The first versions that no published advisory covers, for packages of ours that once had one. Read from the GitHub
 * Advisory Database, as projects cited it when they mended the same, on 2026-11-22. `npm audit` knows newer ones where
 * it can be reached; nothing here needs it.
 */
export type Floor = {
  /** The first sound version of each line that was mended. A version of no such line is measured by the last. */
  least: readonly [string, ...string[]];
  source: string;
};

export const floors: Readonly<Record<string, Floor>> = {
  ajv: { least: ['8.18.0'], source: 'CVE-2025-69873' },
  axios: { least: ['1.18.0'], source: 'GHSA-gcfj-64vw-6mp9, GHSA-35jp-ww65-95wh, GHSA-3p68-rc4w-qgx5' },
  'brace-expansion': { least: ['1.1.18', '2.1.4', '5.0.9'], source: 'GHSA-rgw5-rvv9-x895, GHSA-mh99-v99m-4gvg' },
  cookie: { least: ['0.7.0'], source: 'GHSA-pxg6-pf52-xh8x' },
  'deepmerge-ts': { least: ['8.0.0'], source: 'GHSA-ggr8-5vv4-36mx' },
  esbuild: { least: ['0.25.0'], source: 'GHSA-67mh-4wv8-2f99' },
  'fast-uri': { least: ['3.1.7'], source: 'GHSA-5jgf-p345-68v8, GHSA-f65p-4m7j-42xc, GHSA-jqff-g426-hqxp' },
  'follow-redirects': { least: ['1.16.0'], source: 'GHSA-r4q5-vmmm-2653' },
  'form-data': { least: ['4.0.6'], source: 'CVE-2026-12143' },
  glob: { least: ['10.5.0', '11.1.0'], source: 'GHSA-5j98-mcp5-4vw2' },
  jose: { least: ['4.15.5'], source: 'CVE-2024-28176' },
  'js-yaml': { least: ['3.15.2', '4.3.2'], source: 'GHSA-2883-xcg3-v3hh, GHSA-5p4m-2wfm-xmqj' },
  jsonwebtoken: { least: ['9.0.0'], source: 'GHSA-8cf7-32gw-wr33, GHSA-27h2-hvpr-p74q' },
  jws: { least: ['3.2.3', '4.0.1'], source: 'GHSA-869p-cjfg-cm3x' },
  'linkify-it': { least: ['5.0.2'], source: 'GHSA-v245-v573-v5vm, GHSA-22p9-wv53-3rq4' },
  lodash: { least: ['4.18.0'], source: 'CVE-2026-4800, CVE-2026-2950' },
  mysql2: { least: ['3.23.1'], source: 'GHSA-3f6p-5ww8-9rcr, GHSA-rgwj-5xj2-c3m3' },
  nanoid: { least: ['3.3.18'], source: 'GHSA-2v37-7h3g-55p8' },
  // 16.2.11: GHSA-p9j2-gv94-2wf4, GHSA-6gpp-xcg3-4w24 and seven more; 16.2.6: GHSA-26hh-7cqf-hhc6 and twelve more.
  next: { least: ['16.3.3'], source: 'GHSA-p293-qw3h-jr36, GHSA-2xp9-vwfh-vxw4' },
  'next-auth': { least: ['4.24.12'], source: 'GHSA-5jpx-9hw9-2fx4' },
  nodemailer: { least: ['9.1.1', '10.0.1'], source: 'GHSA-2x7j-588g-ccc2, GHSA-wmmp-3585-3rmp, GHSA-p6gq-j5cr-w38f' },
  picomatch: { least: ['2.3.2', '4.0.4'], source: 'GHSA-c2c7-rcm5-vvqj, GHSA-3v7f-55p6-f55p' },
  postcss: { least: ['8.5.23'], source: 'GHSA-fxqj-rqcc-2cmp, GHSA-r28c-9q8g-f849' },
  prismjs: { least: ['1.30.0'], source: 'GHSA-x7hr-w5r2-h6wg' },
  qs: { least: ['6.16.0'], source: 'GHSA-x5fp-wj9c-mxmx, GHSA-w7fw-mjwx-w883' },
  sharp: { least: ['0.35.0'], source: 'GHSA-f88m-g3jw-g9cj' },
  'smol-toml': { least: ['1.7.1'], source: 'GHSA-7w5x-hrqm-74c2' },
  'smtp-server': { least: ['3.18.3'], source: 'GHSA-fv2f-rw9f-v9cm' },
  uuid: { least: ['11.1.1'], source: 'GHSA-w5hq-g745-h8pq' },
  ws: { least: ['8.21.0'], source: 'GHSA-96hv-2xvq-fx4p, GHSA-58qx-3vcg-4xpx' },
  yaml: { least: ['2.8.3'], source: 'GHSA-48c2-rrv3-qjmp' },
};
