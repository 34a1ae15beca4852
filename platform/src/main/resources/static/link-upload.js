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

    /** @returns whether it came; when the line broke, the platform is asked how much of it did */
    function part(address, blob, offset, progress) {
        return new Promise((done) => {
            const request = new XMLHttpRequest();
            request.open('PATCH', address);
            request.setRequestHeader('Tus-Resumable', '1.0.0');
            request.setRequestHeader('Upload-Offset', String(offset));
            request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
            request.upload.onprogress = (event) => progress(offset + event.loaded);
            request.onload = () => done(request.status === 204);
            request.onerror = request.onabort = () => done(false);
            request.send(blob);
        });
    }

    async function send(file) {
        const begun = await ask('POST', words.uploads, {
            'Upload-Length': String(file.size),
            'Upload-Metadata': `filename ${base64(file.name)}${file.type ? `,filetype ${base64(file.type)}` : ''}`,
        });
        const address = begun.headers.get('Location');
        const progress = (bytes) => {
            const percent = file.size ? Math.floor((bytes / file.size) * 100) : 100;
            bar.value = percent;
            said.textContent = words.sending.replace('{name}', file.name).replace('{percent}', String(percent));
        };
        bar.hidden = false;
        let offset = 0;
        let stuck = 0;
        while (offset < file.size) {
            progress(offset);
            if (await part(address, file.slice(offset, offset + PART), offset, progress)) {
                offset = Math.min(offset + PART, file.size);
                stuck = 0;
                continue;
            }
            const stands = Number((await ask('HEAD', address, {})).headers.get('Upload-Offset'));
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
    }

    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const files = [...field.files];
        button.disabled = true;
        const leaving = (leave) => leave.preventDefault();
        window.addEventListener('beforeunload', leaving);
        let sent = 0;
        let refused = '';
        try {
            for (const file of files) {
                await send(file);
                sent++;
            }
        } catch (error) {
            refused = error instanceof Refused ? error.message : words.failed;
        }
        window.removeEventListener('beforeunload', leaving);
        bar.hidden = true;
        button.disabled = false;
        said.textContent = `${refused ? `${refused} ` : ''}${words.sent.replace('{number}', String(sent))}`;
        if (!refused) {
            form.reset();
        }
    });
})();
