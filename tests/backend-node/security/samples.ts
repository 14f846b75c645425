/** How each route is called: values that are right, with ids of somebody's things. A new route needs a sample here. */
import { picture } from '../photos.ts';
import { PASSWORD } from '../studio.ts';
import { RECIPE, type Things } from './things.ts';

export interface Sample {
  /** Below /api/v1, without the query. */
  readonly path: (things: Things) => string;
  readonly query?: (things: Things) => string;
  readonly body?: (things: Things) => Readonly<Record<string, unknown>>;
  readonly bytes?: { readonly type: string; readonly data: Uint8Array<ArrayBuffer> };
  /** Leads to somebody's things by an id or a token in the call. */
  readonly names?: true;
  /** Nothing of the route tells whether an id is known: it answers 200 and says per id what was done. */
  readonly perId?: true;
}

const at = (path: string): Sample => ({ path: () => path });
const wish = () => ({ recipe: RECIPE });
const photo = { type: 'image/png', data: picture(1) };
const form = {
  type: 'multipart/form-data; boundary=edge',
  data: Buffer.concat([
    Buffer.from('--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'),
    picture(4),
    Buffer.from('\r\n--edge\r\nContent-Disposition: form-data; name="mode"\r\n\r\nsharpen\r\n--edge--\r\n'),
  ]),
};
const zipForm = {
  type: 'multipart/form-data; boundary=edge',
  data: Buffer.from(
    '--edge\r\nContent-Disposition: form-data; name="preset"\r\n\r\nauto\r\n' +
      '--edge\r\nContent-Disposition: form-data; name="zip"; filename="a.zip"\r\n\r\nno zip\r\n--edge--\r\n',
  ),
};

const image = (rest = ''): Sample => ({ path: (things) => `/images/${things.image}${rest}`, names: true });
const version = (rest = ''): Sample => ({
  path: (things) => `/images/${things.image}/versions/${things.version}${rest}`,
  names: true,
});
const album = (rest = ''): Sample => ({ path: (things) => `/albums/${things.album}${rest}`, names: true });
const webhook = (rest = ''): Sample => ({ path: (things) => `/webhooks/${things.webhook}${rest}`, names: true });
const batch = (rest = ''): Sample => ({ path: (things) => `/batches/${things.batch}${rest}`, names: true });
const imported = (rest = ''): Sample => ({ path: (things) => `/imports/${things.import}${rest}`, names: true });
const recipe: Sample = { path: (things) => `/recipes/${things.recipe}`, names: true };

export const SAMPLES: Readonly<Record<string, Sample>> = {
  signUpState: at('/auth/state'),
  register: { ...at('/auth/register'), body: () => ({ email: 'new@example.com', name: 'New', password: PASSWORD }) },
  login: { ...at('/auth/login'), body: () => ({ email: 'nobody@example.com', password: PASSWORD }) },
  refresh: at('/auth/refresh'),
  logout: at('/auth/logout'),
  changePassword: { ...at('/auth/password'), body: () => ({ current: 'wrong password', new: PASSWORD }) },
  me: at('/me'),
  changeMe: { ...at('/me'), body: () => ({ name: 'Another' }) },
  deleteMe: { ...at('/me'), body: () => ({ password: 'wrong password' }) },
  listSessions: at('/me/sessions'),
  endSession: { path: (things) => `/me/sessions/${things.session}`, names: true },

  listUsers: at('/users'),
  changeUser: { path: (things) => `/users/${things.user}`, body: () => ({ role: 'reviewer' }), names: true },

  chooseRecipe: { ...image('/recipe'), body: () => ({ preset: 'auto' }) },
  getStorage: at('/storage'),

  listApiKeys: at('/api-keys'),
  createApiKey: { ...at('/api-keys'), body: () => ({ name: 'Robot', scopes: ['images:read'] }) },
  revokeApiKey: { path: (things) => `/api-keys/${things.key}`, names: true },

  uploadImages: { ...at('/images'), query: (things) => `album=${things.album}`, bytes: photo, names: true },
  uploadSamples: at('/images/samples'),
  listImages: at('/images'),
  getImage: image(),
  changeImage: { ...image(), body: () => ({ title: 'Another' }) },
  trashImage: image(),
  restoreImage: image('/restore'),
  bulkChangeImages: {
    ...at('/images/bulk'),
    body: (things) => ({ action: 'tag', ids: [things.image], tags: ['taken'] }),
    names: true,
    perId: true,
  },
  outlineImages: at('/images/outline'),
  imageFacets: at('/images/facets'),
  getFacts: image('/facts'),
  getImageFile: image('/file'),
  exportCsv: at('/images/export.csv'),
  exportNdjson: at('/images/export.ndjson'),
  exportZip: { ...at('/images/export.zip'), body: (things) => ({ ids: [things.image] }), names: true },

  createVersion: { ...image('/versions'), body: wish },
  listVersions: image('/versions'),
  getVersion: version(),
  deleteVersion: version(),
  chooseVersion: { ...image('/versions/current'), body: (things) => ({ version: things.version }) },
  getMask: image('/mask'),
  putMask: { ...image('/mask'), bytes: { type: 'image/png', data: picture(2) } },
  addMask: { ...image('/masks'), bytes: { type: 'image/png', data: picture(3) } },
  checkImage: { ...image('/check'), body: () => ({ channel: 'ebay' }) },
  previewRecipe: { ...image('/preview'), body: wish },
  inspectImage: { ...image('/inspect'), body: () => ({}) },

  createBatch: { ...at('/batches'), body: (things) => ({ ids: [things.image], ...wish() }), names: true },
  createBatchOfZip: { ...at('/batches/zip'), bytes: zipForm },
  listBatches: at('/batches'),
  getBatch: batch(),
  listBatchItems: batch('/items'),
  pauseBatch: batch('/pause'),
  resumeBatch: batch('/resume'),
  cancelBatch: batch('/cancel'),
  retryBatch: { ...batch('/retry-failed'), body: () => ({}) },
  deleteBatch: batch(),
  batchCsv: batch('/result.csv'),
  batchZip: batch('/result.zip'),

  createImport: {
    ...at('/imports'),
    body: (things) => ({ rows: [{ image_url: 'http://127.0.0.1:9/a.png' }], album: things.album }),
    names: true,
  },
  importTemplate: at('/imports/template.csv'),
  listImports: at('/imports'),
  getImport: imported(),
  listImportItems: imported('/items'),
  cancelImport: imported('/cancel'),
  retryImport: { ...imported('/retry-failed'), body: () => ({}) },
  deleteImport: imported(),

  listProducts: at('/products'),
  listProductGroups: at('/product-groups'),
  // A name is everybody's own.
  setProductGroup: { ...at('/product-groups/mugs'), body: () => ({ preset: 'sharpen' }), perId: true },

  enhanceUrl: { ...at('/enhance/url'), body: () => ({ url: 'http://127.0.0.1:9/a.png', mode: 'sharpen' }) },
  enhanceUpload: { ...at('/enhance/upload'), bytes: form },
  importPictures: { ...at('/import'), body: () => ({ image_url: 'http://127.0.0.1:9/a.png', sku_id: 'MUG-01' }) },
  createOldBatch: {
    ...at('/batch'),
    body: (things) => ({ image_ids: [things.image], mode: 'sharpen' }),
    names: true,
  },
  getOldBatch: { path: (things) => `/batch/${things.batch}`, names: true },

  createRecipe: { ...at('/recipes'), body: () => ({ name: 'Another', recipe: RECIPE }) },
  listRecipes: at('/recipes'),
  getRecipe: recipe,
  changeRecipe: { ...recipe, body: () => ({ name: 'Taken' }) },
  deleteRecipe: recipe,
  listOperations: at('/operations'),
  listPresets: at('/presets'),
  listChannels: at('/channels'),
  listModels: at('/models'),

  listAlbums: at('/albums'),
  createAlbum: { ...at('/albums'), body: () => ({ name: 'Another' }) },
  getAlbum: album(),
  changeAlbum: { ...album(), body: () => ({ name: 'Taken' }) },
  deleteAlbum: album(),
  addToAlbum: { ...album('/images'), body: (things) => ({ ids: [things.image] }) },
  removeFromAlbum: { ...album('/images'), body: (things) => ({ ids: [things.image] }) },
  createShare: { ...album('/shares'), body: () => ({}) },
  listShares: album('/shares'),
  revokeShare: { path: (things) => `/shares/${things.share}`, names: true },
  getShared: { path: (things) => `/shared/${things.share_token}` },
  getSharedFile: {
    path: (things) => `/shared/${things.share_token}/images/${things.image}/file`,
    query: () => 'variant=thumb',
  },

  listWebhooks: at('/webhooks'),
  createWebhook: { ...at('/webhooks'), body: () => ({ url: 'https://example.com/vitrine' }) },
  deleteWebhook: webhook(),
  testWebhook: webhook('/test'),
  listDeliveries: webhook('/deliveries'),

  followEvents: at('/events'),
  listAudit: at('/audit'),
  verifyAudit: at('/audit/verify'),
  healthz: at('/healthz'),
  readyz: at('/readyz'),
  metrics: at('/metrics'),
};
