package troubleshoot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is a word of a text.
type word struct {
	text string // as it stands there
	term string // what it counts as, with its ending
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// words returns the words of a text that count, in its order. It leaves common words out, and gives words for the same
// thing one term.
func words(text string) (list []word) {
	var raw []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' || r == utf8.RuneError
	}) {
		if w = apostrophes.Replace(w); w != "" {
			raw = append(raw, w)
		}
	}
	for i := 0; i < len(raw); i++ {
		f := fold(raw[i])
		if i+1 < len(raw) {
			if t := together[f+" "+fold(raw[i+1])]; t != "" {
				list = append(list, word{raw[i] + " " + raw[i+1], t})
				i++
				continue
			}
		}
		if t, ok := alike[f]; ok {
			f = t
		}
		if f != "" && !common[f] {
			list = append(list, word{raw[i], f})
		}
	}
	return list
}

// fold writes a word in lower case.
func fold(w string) string { return strings.ToLower(w) }

// stem takes the usual endings from an English word. What is left need not be a word.
func stem(w string) string {
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes")):
		return w[:n-2]
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		w = w[:n-1]
	case n > 5 && strings.HasSuffix(w, "ing"):
		w = single(w[:n-3])
	case n > 4 && strings.HasSuffix(w, "ed"):
		w = single(w[:n-2])
	}
	if n := len(w); n > 4 && strings.HasSuffix(w, "e") {
		w = w[:n-1]
	}
	return w
}

// single writes a last consonant once that stood twice before an ending.
func single(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdgmnprt", w[n-1]) >= 0 {
		return w[:n-1]
	}
	return w
}

// readable cuts a name such as device-not-authorized or ResourceNotFoundException into words.
func readable(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), " Exception")
}

// common are words that tell nothing.
var common = set(`a an the this that these those and or but if then so as at by for from in into of on onto to with without about after before while when where
	i me my we our us you your he she it its they their them one ones be is are was were been am do does did done doing have has had having can could may might will would should must shall
	not no dont doesnt didnt isnt arent wasnt cannot cant couldnt wont there here what which who whom why how all any some each every both just only also too very more most than again
	get gets got getting give gives given see sees seen say says said please help hi hello thanks anyone someone everybody nobody something anything
	amazon aws workspace workspaces ws wks vdi
	der die das ein eine einer einem einen mein meine unser unsere und oder aber ist sind war wird wurde werden hat haben kann nicht kein keine mit von vom zu zum zur im in auf beim bei nach dann wenn ich wir er sie es uns mir ihr sein seine noch immer auch nur`)

// together are pairs of words that are one.
var together = pairs(`log in=login, log on=login, logs in=login, logs on=login, logging in=login, logging on=login, logged in=login, logged on=login, log off=logout, logged out=logout, logged off=logout,
	sign in=login, sign on=login, signs in=login, signing in=login, signed in=login, signed on=login, two factor=mfa,
	web access=webaccess, web cam=webcam, user name=username, user names=username, e mail=email, e mails=email, wi fi=wifi, on prem=onpremises, on premises=onpremises, on premise=onpremises,
	ad connector=adconnector, zero client=zeroclient, zero clients=zeroclient, smart card=smartcard, smart cards=smartcard, auto stop=autostop, log screen=login, blue screen=bluescreen, no internet=internet,
	power plan=powerplan, elastic ip=elasticip, security group=securitygroup, security groups=securitygroup, multi region=multiregion, amazon linux=amazonlinux, chrome os=chromeos`)

// alike are words for one thing. Those that stand for nothing tell nothing.
var alike = pairs(`logon=login, signin=login, signon=login, logins=login, anmeldung=login, anmelden=login, anmeldemaske=login, einloggen=login, grey=gray, grau=gray, graue=gray, grauer=gray,
	authorised=authorized, unauthorized=authorized, unauthorised=authorized, berechtigt=authorized, autorisiert=authorized, zugelassen=authorized, mail=email, mails=email, emails=email,
	mic=microphone, mics=microphone, mikrofon=microphone, mikro=microphone, cam=webcam, camera=webcam, cameras=webcam, kamera=webcam, mac=macos, macbook=macos, imac=macos, osx=macos, macs=macos,
	wsp=dcv, teradici=zeroclient, thinclient=zeroclient, pw=password, passwort=password, kennwort=password, pwd=password, gerät=device, geraet=device, geräte=device, rechner=computer, laptop=device, notebook=device,
	verbindung=connection, verbinden=connect, verbunden=connected, netzwerk=network, netz=network, netzwerkverbindung=connection, internetverbindung=internet, verloren=lost, getrennt=disconnected, trennt=disconnects, fehler=error, fehlermeldung=error, meldung=message,
	drucker=printer, bildschirm=screen, schwarz=black, schwarzer=black, lädt=loading, laedt=loading, ladebildschirm=loading, startet=start, starten=start, neustart=reboot, abgelaufen=expired, ungültig=invalid, ungueltig=invalid, zertifikat=certificate, zertifikate=certificate,
	registrierung=registration, registrierungscode=registration, registrierungsdienst=registration, einladung=invitation, einladungsmail=invitation, vergessen=forgot, richtlinie=policy, richtlinien=policy, gruppenrichtlinie=policy, gpos=gpo, schläft=sleep, ruhezustand=hibernation, energiesparmodus=sleep,
	benutzer=user, benutzername=username, nutzer=user, users=user, usernames=username, browsers=browser, cba=certificate, msft=microsoft, restart=reboot, restarts=reboot, restarting=reboot, restarted=reboot, crashed=crash, bsod=bluescreen, bluescreens=bluescreen,
	wifi=wifi, wlan=wifi, eip=elasticip, sg=securitygroup, vm=virtual, kicked=disconnected, dropped=disconnected, drops=disconnects, hung=hang, hangs=hang, stuck=hang, freezes=hang, hängt=hang, haengt=hang, pc=computer, prem=onpremises, onprem=onpremises, unsuccessful=fails, failed=fails, failure=fails, fehlgeschlagen=fails, schlägt=fails, mouse=usb, keyboard=usb, wsl2=wsl,
	asleep=sleep, docs=documents, hr=hour, hrs=hour, hours=hour, hourly=hour, min=minutes, mins=minutes, al2=amazonlinux`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

func pairs(list string) map[string]string {
	m := map[string]string{}
	for p := range strings.SplitSeq(list, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(p), "=")
		m[from] = to
	}
	return m
}
