// Sends what is chosen on the page of a link in parts, so that files of any size come through a line that breaks. Without this script the form sends itself.
(() => {
    const form = document.querySelector('form[data-uploads]');
    if (!form || !window.fetch) {
        return;
    }
    const PART = 16 * 1024 * 1024;
    const TRIES = 60;
    const field = form.querySelector('input[type=file]');
    const button = form.querySelector('button');
    const said = form.querySelector('[role=status]');
    const bar = form.querySelector('progress');
    const words = form.dataset;
    const tus = { 'Tus-Resumable': '1.0.0' };

    class Refused extends Error {}

    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

    async function why(answer) {
        try {
            return (await answer.json()).detail || words.failed;
        } catch {
            return words.failed;
        }
    }

    /** Asks until there is an answer that does not only say "later". */
    async function ask(method, address, headers) {
        for (let n = 0; n < TRIES; n++) {
            let answer = null;
            try {
                answer = await fetch(address, { method, headers: { ...tus, ...headers } });
            } catch {
                // no line
            }
            if (answer && answer.ok) {
                return answer;
            }
            if (answer && answer.status < 500 && answer.status !== 429) {
                // What is asked by its head alone has no words: what cannot be finished has.
                throw new Refused(await why(method === 'HEAD' ? await fetch(`${address}/finish`, { method: 'POST', headers: tus }) : answer));
            }
            if (!answer) {
                said.textContent = words.waiting;
            }
            await wait(Math.min(1000 * 2 ** n, 15000));
        }
        throw new Refused(words.failed);
    }

    /** @returns where the upload stands then; when the line broke, nothing, and the platform is asked */
    function part(address, blob, offset, progress) {
        return new Promise((done) => {
            const request = new XMLHttpRequest();
            request.open('PATCH', address);
            request.setRequestHeader('Tus-Resumable', '1.0.0');
            request.setRequestHeader('Upload-Offset', String(offset));
            request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
            request.upload.onprogress = (event) => progress(offset + event.loaded);
            request.onload = () => done(request.status === 204 ? Number(request.getResponseHeader('Upload-Offset')) : null);
            request.onerror = request.onabort = () => done(null);
            request.send(blob);
        });
    }

    /** What is on its way, so that who sends again after a refusal goes on where it stands. */
    const under = new Map();
    const same = (file) => `${file.size} ${file.lastModified} ${file.name}`;

    /** @returns the address of the upload of this file, and how much of it is there */
    async function begin(file) {
        const known = under.get(same(file));
        if (known) {
            const state = await fetch(known, { method: 'HEAD', headers: tus }).catch(() => null);
            if (state && state.ok) {
                return [known, Number(state.headers.get('Upload-Offset'))];
            }
        }
        const begun = await ask('POST', words.uploads, {
            'Upload-Length': String(file.size),
            'Upload-Metadata': `filename ${base64(file.name)}${file.type ? `,filetype ${base64(file.type)}` : ''}`,
        });
        under.set(same(file), begun.headers.get('Location'));
        return [begun.headers.get('Location'), 0];
    }

    async function send(file) {
        const [address, stood] = await begin(file);
        const progress = (bytes) => {
            const percent = file.size ? Math.floor((bytes / file.size) * 100) : 100;
            bar.value = percent;
            said.textContent = words.sending.replace('{name}', file.name).replace('{percent}', String(percent));
        };
        bar.hidden = false;
        let offset = stood;
        let stuck = 0;
        while (offset < file.size) {
            progress(offset);
            const came = await part(address, file.slice(offset, offset + PART), offset, progress);
            const stands = came ?? Number((await ask('HEAD', address, {})).headers.get('Upload-Offset'));
            stuck = stands > offset ? 0 : stuck + 1;
            offset = stands;
            if (stuck > TRIES) {
                throw new Refused(words.failed);
            }
            if (stuck) {
                await wait(Math.min(500 * 2 ** stuck, 15000));
            }
        }
        await ask('POST', `${address}/finish`, {});
        under.delete(same(file));
    }

    /** What arrived of what is chosen: who sends again after a refusal does not send it twice. */
    const there = new Set();

    /** Says anew what the link may receive; where nothing more, the page does, with no form. */
    async function leftNow() {
        const page = await fetch(location.href).then((answer) => answer.text()).catch(() => '');
        const how = new DOMParser().parseFromString(page, 'text/html').querySelector('#how');
        if (how) {
            document.querySelector('#how').textContent = how.textContent;
        }
    }

    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const files = [...field.files];
        button.disabled = true;
        const leaving = (leave) => leave.preventDefault();
        window.addEventListener('beforeunload', leaving);
        let refused = '';
        try {
            for (const file of files.filter((one) => !there.has(same(one)))) {
                await send(file);
                there.add(same(file));
            }
        } catch (error) {
            refused = error instanceof Refused ? error.message : words.failed;
        }
        window.removeEventListener('beforeunload', leaving);
        bar.hidden = true;
        await leftNow();
        said.textContent = `${refused ? `${refused} ` : ''}${words.sent.replace('{number}', String(there.size))}`;
        button.disabled = false;
        if (!refused) {
            form.reset();
            there.clear();
        }
    });
})();
