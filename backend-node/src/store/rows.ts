/** What is remembered, row by row. Every field is always there: '' and [] stand for nothing, so that both databases agree. */
import type { Role, Scope } from '../contract/route.ts';

/** revision counts changes, from 1: whoever writes says which one it read. */
export interface Row {
  readonly id: string;
  readonly revision: number;
}

type Json = Readonly<Record<string, unknown>>;

/** A row that needs blobs to stay: all of them, once each. Blobs in no such list go. */
export interface HoldingRow extends Row {
  readonly owner: string;
  readonly blobs: readonly string[];
}

export interface UserRow extends Row {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** deleting: nobody's any more; what was under way for it when it was deleted is still removed after it. */
  readonly state: 'active' | 'disabled' | 'deleting';
  readonly password_hash: string;
  /** '' while it is in use. */
  readonly deleted_at: string;
  readonly created_at: string;
}

export interface SessionRow extends Row {
  readonly owner: string;
  readonly counter: number;
  readonly client: string;
  readonly created_at: string;
  readonly rotated_at: string;
  readonly expires_at: string;
}

export interface ApiKeyRow extends Row {
  readonly owner: string;
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly created_at: string;
  readonly used_at: string;
  readonly expires_at: string;
}

/** Failed sign-ins, by hashed address and by client. */
export interface ThrottleRow extends Row {
  readonly failures: number;
  readonly blocked_until: string;
  readonly expires_at: string;
}

/** Of the current version; of the original where there is none. */
export interface Shown {
  readonly width: number;
  readonly height: number;
  readonly thumbhash: string;
}

export interface ImageRow extends HoldingRow {
  readonly blob: string;
  readonly thumb: string;
  readonly thumbhash: string;
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  readonly product_group: string;
  readonly tags: readonly string[];
  readonly objects: readonly string[];
  readonly albums: readonly string[];
  /** Searchable words of name, title, sku, product group, tags and objects. */
  readonly words: readonly string[];
  readonly state: 'active' | 'trashed';
  /** Of the current version; original where there is none. */
  readonly review_state: string;
  readonly score: number;
  readonly uploaded_at: string;
  readonly trashed_at: string;
  readonly format: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly shown: Shown;
  readonly facts: Json;
  /** The version shown and exported; '' for the original. */
  readonly current_version: string;
  readonly versions: number;
}

export interface VersionRow extends HoldingRow {
  readonly image: string;
  readonly number: number;
  readonly created_at: string;
  readonly created_by: string;
  readonly preset: string;
  readonly recipe: Json;
  readonly blob: string;
  readonly mask_blob: string;
  readonly source_mask_blob: string;
  readonly thumb: string;
  readonly review_state: string;
  /** Everything else pyservice told: mime, size, steps, warnings, quality, gates, timings. */
  readonly rendered: Json;
}

export interface RecipeRow extends HoldingRow {
  readonly name: string;
  readonly description: string;
  readonly recipe: Json;
  readonly shared: 'yes' | 'no';
  readonly created_at: string;
  readonly updated_at: string;
}

export interface AlbumRow extends Row {
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly created_at: string;
}

export interface ShareRow extends Row {
  readonly owner: string;
  readonly album: string;
  /** What visitors get at most: thumbs and current versions, or the originals as well. */
  readonly variant: 'version' | 'original';
  readonly created_at: string;
  readonly expires_at: string;
  readonly state: 'active' | 'revoked';
}

/** The audit log, a chain by hash, and what the browser hears of: one and the same. id is seq in 12 digits. */
export interface JournalRow extends Row {
  readonly seq: number;
  readonly at: string;
  /** Whose things changed: who may hear of it. */
  readonly owner: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly details: Json;
  readonly request: string;
  readonly previous: string;
  readonly hash: string;
}

/** Work that is listed item by item, so that it outlives whoever does it: a batch renders images, an import fetches them. */
export interface JobRow extends HoldingRow {
  readonly kind: 'batch' | 'import';
  readonly name: string;
  /** preparing: its items are not all listed yet. The last four are the end; some of them can begin again. */
  readonly state: 'preparing' | 'running' | 'paused' | 'done' | 'partial' | 'failed' | 'cancelled';
  /** Jobs of a higher one go first. */
  readonly priority: number;
  /** What is done with an item that says nothing else. */
  readonly wish: Json;
  readonly total: number;
  /** How many of them had failed before anything was done: bad rows of a table. */
  readonly refused: number;
  /** As they were when last counted; exact once it has ended. */
  readonly counts: Counts;
  /** Why it does not go on at present, or how its preparation failed: a problem code and a sentence; '' where nothing does. */
  readonly code: string;
  readonly message: string;
  /** Who prepares it; '' afterwards. */
  readonly holder: string;
  readonly created_at: string;
  /** Since when it has been running without a break; '' while it is not. */
  readonly running_since: string;
  /** How long it ran before that. */
  readonly worked_ms: number;
  readonly ended_at: string;
}

export interface Counts {
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
}

/** One picture of a job. id: that of the job and the number within it, so that ids sort as numbers do. */
export interface ItemRow extends Row {
  readonly owner: string;
  readonly job: string;
  /** From 1. */
  readonly number: number;
  /** What people call it: the file's name or path, or the address. */
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Waits until then; a time long ago where it does not wait for anything. */
  readonly due_at: string;
  /** The dispatcher that has it; '' for nobody. */
  readonly holder: string;
  /** How often it was begun, and how often it then ended what worked on it. */
  readonly attempts: number;
  readonly strikes: number;
  readonly image: string;
  /** The id its version has or will have: who does an item twice makes one version. */
  readonly version: string;
  readonly review_state: string;
  /** Why it failed: a problem code and a sentence. */
  readonly code: string;
  readonly message: string;
  readonly ended_at: string;
  /** What is asked for this one alone. */
  readonly wish: Json;
  /** What became of it, as result.csv tells. */
  readonly outcome: Json;
}

/** A gateway at work. What it has goes to others when it did not say for a while that it is alive. */
export interface DispatcherRow extends Row {
  readonly alive_until: string;
}

/** What is done with pictures of a product group that say nothing else. */
export interface ProductGroupRow extends Row {
  readonly owner: string;
  readonly name: string;
  readonly preset: string;
  readonly saved_recipe: string;
}

/** An address of somebody's that is told when work ends. */
export interface WebhookRow extends Row {
  readonly owner: string;
  readonly url: string;
  readonly secret: string;
  readonly created_at: string;
}

/** One thing to tell one address. */
export interface DeliveryRow extends Row {
  readonly owner: string;
  readonly webhook: string;
  readonly event: string;
  readonly body: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly due_at: string;
  /** Of the last attempt: the status, or why there was none. */
  readonly outcome: string;
  readonly created_at: string;
}

export interface IdempotencyRow extends Row {
  readonly owner: string;
  readonly fingerprint: string;
  readonly state: 'running' | 'done';
  readonly status: number;
  readonly headers: Json;
  readonly body: string;
  readonly expires_at: string;
}

/** A blob that lost a reference and goes once nothing needs it. id is the blob's. */
export interface ReleasedRow extends Row {
  readonly released_at: string;
}

export interface Rows {
  readonly users: UserRow;
  readonly sessions: SessionRow;
  readonly api_keys: ApiKeyRow;
  readonly throttles: ThrottleRow;
  readonly images: ImageRow;
  readonly versions: VersionRow;
  readonly recipes: RecipeRow;
  readonly albums: AlbumRow;
  readonly shares: ShareRow;
  readonly journal: JournalRow;
  readonly idempotency: IdempotencyRow;
  readonly released: ReleasedRow;
  readonly product_groups: ProductGroupRow;
  readonly jobs: JobRow;
  readonly items: ItemRow;
  readonly dispatchers: DispatcherRow;
  readonly webhooks: WebhookRow;
  readonly deliveries: DeliveryRow;
}

export type Collection = keyof Rows;
