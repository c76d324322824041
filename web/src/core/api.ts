// api - calls to the server.  The session is an HttpOnly cookie the page never sees; the
// server takes writes only from our own origin, which browsers tell by themselves.
import { root } from './env';

export interface Fault {
	loc?: (string | number)[];
	msg: string;
}

export class ApiError extends Error {
	status: number;
	fields: Record<string, string>; // what is wrong, by field
	word: string; // the server's own name of it, "PASSWORD-403"

	constructor(status: number, message: string, fields: Record<string, string>, word = '') {
		super(message);
		this.word = word;
		this.status = status;
		this.fields = fields;
	}
}

// Called when the session has ended under our feet.
export const onLost: { run: () => void } = { run: () => undefined };

// Called when the server says no: what is open may not be ours to see any more.
export const onRefused: { run: () => void } = { run: () => undefined };

// Called when something of ours has been written.
export const onWritten: { run: () => void } = { run: () => undefined };

function explain(status: number, body: unknown): ApiError {
	const answer = (body ?? {}) as { message?: string; error_code?: string; detail?: unknown; description?: string };
	const fields: Record<string, string> = {};
	// As the practice says it (RFC 9457).
	const wrong = (body as { errors?: unknown } | null)?.errors;
	for (const fault of Array.isArray(wrong) ? (wrong as { field: string; message: string }[]) : []) fields[fault.field] = [fields[fault.field], fault.message].filter(Boolean).join('. ');
	if (Array.isArray(answer.detail))
		for (const fault of answer.detail as Fault[]) {
			const name = String(fault.loc?.[fault.loc.length > 1 ? 1 : 0] ?? '');
			fields[name] = [fields[name], fault.msg.replace(/^Value error, /, '')].filter(Boolean).join('. ');
		}
	const message = answer.message || (typeof answer.detail === 'string' ? answer.detail : '') || `HTTP ${status}`;
	return new ApiError(status, message, fields, answer.error_code);
}

export interface CallOptions {
	keepalive?: boolean;
	face?: string; // "api/v1" unless told otherwise
	quiet?: boolean; // a 401 is an answer, not the end of the session
	aside?: boolean; // not about what is open: a refusal says nothing about that
	match?: string; // only while the row is still the one of this tag: else 412
	onTag?: (tag: string) => void; // the tag of the row that is answered
}

export async function call<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
	const init: RequestInit = { method, credentials: 'same-origin', headers: { Accept: 'application/json' }, cache: 'no-cache' };
	if (options.keepalive) init.keepalive = true;
	if (body instanceof URLSearchParams || body instanceof FormData) init.body = body;
	else if (body !== undefined) {
		init.body = JSON.stringify(body);
		init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
	}
	if (options.match) init.headers = { ...init.headers, 'If-Match': options.match } as Record<string, string>;
	let response: Response;
	try {
		response = await fetch(`${root}${options.face ?? 'api/v1'}${path}`, init);
	} catch {
		throw new ApiError(0, '', {});
	}
	const text = response.status === 204 ? '' : await response.text();
	let answer: unknown = null;
	try {
		answer = text ? JSON.parse(text) : null;
	} catch {
		if (response.ok) throw new ApiError(response.status, 'HTTP', {});
	}
	if (response.ok) {
		if (method !== 'GET' && !options.quiet) onWritten.run();
		options.onTag?.(response.headers.get('ETag') ?? '');
		return answer as T;
	}
	if (response.status === 401 && !options.quiet) onLost.run();
	if ((response.status === 403 || response.status === 404) && !options.aside && !path.startsWith('/patient-management')) onRefused.run();
	throw explain(response.status, answer);
}

export const get = <T>(path: string, options?: CallOptions): Promise<T> => call<T>('GET', path, undefined, options);
export const post = <T>(path: string, body?: unknown, options?: CallOptions): Promise<T> => call<T>('POST', path, body, options);
export const put = <T>(path: string, body?: unknown, options?: CallOptions): Promise<T> => call<T>('PUT', path, body, options);
export const drop = <T>(path: string, options?: CallOptions): Promise<T> => call<T>('DELETE', path, undefined, options);
