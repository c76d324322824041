// shares - what the server says about who may see whom.
import { call, get, post } from '../core/api';
import { t } from '../core/i18n';

export type Level = 'view' | 'edit' | 'full';
interface Named { id: number; name: string }
export interface Seen {
	id: number; first_name: string; last_name: string; birth_date: string; gender: string | null; is_self: boolean; is_owner: boolean;
	owner: Named; permission: 'owner' | Level; expires_at: string | null;
}
export interface Share {
	id: number; patient_id: number; permission_level: Level; expires_at: string | null; shared_with_user_id: number;
	patient: { id: number; first_name: string; last_name: string };
	shared_by_user: Named; shared_with_user: Named;
}
export interface Invitation {
	id: number; invitation_type: 'patient_share' | 'family_history_share'; status: string; message: string | null; expires_at: string | null; created_at: string;
	context_data: { patient_name?: string; patients?: { patient_name: string }[]; family_member_name?: string; family_members?: { family_member_name: string }[]; permission_level?: Level; expires_at?: string | null };
	sent_by: Named | null; sent_to: Named | null;
}
export interface Illness { id: number; condition_name: string; diagnosis_age: number | null; severity: string | null; status: string | null; condition_type: string | null; notes: string | null }
export interface Relative {
	id: number; patient_id?: number; name: string; relationship: string; gender: string | null; birth_year: number | null; death_year: number | null; is_deceased: boolean; notes: string | null;
	family_conditions: Illness[];
}
export interface RelativeGot { family_member: Relative; share_details: { shared_by: Named; sharing_note: string | null } }
export interface RelativeGiven { family_member: Relative; share_details: { shared_with: Named; sharing_note: string | null } }

export const levelName = (level: 'owner' | Level): string => ({ owner: t('family.owner'), view: t('family.view'), edit: t('family.edit'), full: t('family.full') })[level];
export const whatOf = (i: Invitation): string => {
	const c = i.context_data;
	return [c.patient_name, ...(c.patients ?? []).map((p) => p.patient_name), c.family_member_name, ...(c.family_members ?? []).map((m) => m.family_member_name)].filter(Boolean).join(', ');
};
export const statusName = (status: string): string => ({
	pending: t('family.pending'), accepted: t('family.accepted'), rejected: t('family.refused'), expired: t('family.expired'), cancelled: t('family.withdrawn'), revoked: t('family.ended'),
})[status] ?? status;

export const endShare = (patient: number, user: number): Promise<unknown> => call('DELETE', '/patient-sharing/revoke', { patient_id: patient, shared_with_user_id: user });
export const changeShare = (patient: number, user: number, body: { permission_level: Level; expires_at?: string }): Promise<unknown> => call('PUT', `/patient-sharing/?patient_id=${patient}&shared_with_user_id=${user}`, body);
export const sharesGiven = (): Promise<Share[]> => get<Share[]>('/patient-sharing/shared-by-me');
export const sharesGot = (): Promise<Share[]> => get<Share[]>('/patient-sharing/shared-with-me');
export const answer = (id: number, yes: boolean): Promise<unknown> => post(`/invitations/${id}/respond`, { response: yes ? 'accepted' : 'rejected' });

export interface Wish { whom: string; people: number[]; relatives: number[]; level: Level; ends: string; days: number; note: string }
// One invitation for the people, one for the relatives; several go as one.
export async function invite(w: Wish): Promise<void> {
	const hours = w.days * 24;
	const shared = { shared_with_user_identifier: w.whom.trim(), permission_level: w.level, expires_at: w.ends ? `${w.ends}T23:59:59` : null, message: w.note || null, expires_hours: hours };
	if (w.people.length === 1) await post('/patient-sharing/', { ...shared, patient_id: w.people[0] });
	else if (w.people.length) await post('/patient-sharing/bulk-invite', { ...shared, patient_ids: w.people });
	const history = { shared_with_identifier: w.whom.trim(), permission_level: 'view', sharing_note: w.note || null, expires_hours: hours };
	if (w.relatives.length === 1) await post(`/family-history-sharing/${w.relatives[0]}/shares`, history);
	else if (w.relatives.length) await post('/family-history-sharing/bulk-invite', { ...history, family_member_ids: w.relatives });
}
