// Reads {expressions, moments} from stdin and says what npm's opening_hours makes of each: a list of states for each
// expression, or one text where it is refused. Moments are those of the clock on the wall; TZ must be Europe/Brussels.
import { readFileSync } from 'node:fs';
import opening_hours from 'opening_hours';

const place = { lat: 50.85, lon: 4.35, address: { country_code: 'be', state: 'Brussels' } };
const { expressions, moments } = JSON.parse(readFileSync(0, 'utf-8'));
const days = moments.map((moment) => new Date(moment));
console.error = () => {};  // what it refuses comes as an exception too

function state(hours, day) {
    if (hours.getState(day)) return 'open';
    return hours.getUnknown(day) ? 'unknown' : 'closed';
}

function states(expression) {
    try {
        const hours = new opening_hours(expression, place, { locale: 'en' });
        return days.map((day) => state(hours, day));
    } catch (error) {
        return String(error);
    }
}

process.stdout.write(JSON.stringify(expressions.map(states)));
