# shellcheck shell=bash
# What becomes of a packet that no rule names.

# Of rules, as nft and iptables-save write them, "<input|output> <family> <whose>" for each base chain that drops such a packet,
# and "<accepts|drops> <input|output> <ports>" for each rule that names ports or the metadata service, or takes all.
# What names a packet: its port, its peer, a protocol beside TCP and UDP, the loopback, a connection that there is. Whoever sends
# it chooses its source port; what is negated is nearly everything.
chains_of() {
  awk '
    # A rule without what changes nothing; brackets of a chain and a table begin and end them.
    function keep(text, first, n) {
      gsub(/-m comment --comment ("[^"]*"|[^ ]+)|counter( packets [0-9]+ bytes [0-9]+| name [^ ]+)?/, "", text)
      gsub(/(^| )log( prefix "[^"]*"| level [a-z]+| flags [a-z]+| group [0-9]+)*/, "", text)
      gsub(/[ \t]+/, " ", text)
      gsub(/^ | $/, "", text)
      if (text == "" || chain == "") return
      n = ++count[key(chain)]
      for (; first && n > 1; n--) rule[key(chain), n] = rule[key(chain), n - 1]
      rule[key(chain), n] = text
    }
    function key(name) { return family "/" table "/" name }
    function base(where, whose) {
      if (where !~ /put$/) return
      hook[key(chain)] = where
      of[key(chain)] = family " " whose
    }
    function part(text, word) {
      sub(/^[ \t]+/, "", text)
      sub(/^add /, "", text)
      split(text, word, /[ \t]+/)
      if (word[1] !~ /^}/ && of_set != "") elements[of_set] = elements[of_set] " " text
      else of_set = ""
      if (word[1] == "table") {
        chain = ""
        family = word[3] ~ /^[a-z_]/ ? word[2] : "ip"
        table = word[3] ~ /^[a-z_]/ ? word[3] : word[2]
      } else if (word[1] == "chain") {
        if (word[2] ~ /^(inet|ip6?)$/ && word[3] != "{") { family = word[2]; table = word[3]; word[2] = word[4] }
        chain = word[2]
      } else if (word[1] == "rule") {
        if (word[2] !~ /^(inet|ip6?)$/) { sub(/^rule/, "rule ip", text); split(text, word, /[ \t]+/) }
        family = word[2]; table = word[3]; chain = word[4]
        sub(/^rule +[^ ]+ +[^ ]+ +[^ ]+/, "", text)
        keep(text)
        return
      } else if (word[1] == "element") {
        elements[tolower(word[4])] = elements[tolower(word[4])] " " text
        return
      } else if (word[1] ~ /^(set|map|flowtable)$/ || text ~ /^}/) {
        chain = ""
        if (word[1] == "set") elements[of_set = tolower(word[2])] = text
        return
      } else {
        if (match(text, /hook [a-z]+/))
          base(substr(text, RSTART + 5, RLENGTH - 5), chain ~ /^(IN|OUT)PUT$/ ? "iptables" : table ~ /firewalld|plumbline/ ? table : "nftables")
        else if (text ~ /^policy drop/) drops[key(chain)] = 1
        else if (text ~ /^policy /) delete drops[key(chain)]
        else if (text ~ /^flags dormant/ && chain == "") dormant[key("")]
        else if (text !~ /^(type|policy|flush|define|include|delete) /) keep(text)
        return
      }
      if (match(text, /[{]/)) part(substr(text, RSTART + 1))
    }
    # What the rule does, in verb and to; what it asks for, in cond.
    function read(text) {
      verb = to = ""
      cond = text
      if (text ~ / vmap /) verb = "vmap"
      else if (match(text, /(^| )-[jg] [^ ]+/)) {
        to = substr(text, RSTART, RLENGTH)
        verb = to ~ /-g/ ? "goto" : "jump"
        sub(/.* /, "", to)
        # Whoever takes packets from a queue may accept them.
        if (to ~ /^(NF)?QUEUE$/) to = "ACCEPT"
        if (to ~ /^(ACCEPT|DROP|REJECT|RETURN)$/) verb = to == "REJECT" ? "drop" : tolower(to)
        cond = substr(text, 1, RSTART - 1)
      } else if (match(text, /(^| )(accept|drop|return|(jump|goto) [^ ]+|reject( with .*)?|queue( .*)?)$/)) {
        to = substr(text, RSTART, RLENGTH)
        sub(/^ /, "", to)
        verb = to ~ /^reject/ ? "drop" : to ~ /^queue/ ? "accept" : to
        sub(/ .*/, "", verb)
        sub(/.* /, "", to)
        cond = substr(text, 1, RSTART - 1)
      }
    }
    # Whether the ranges of a text are nearly all ports.
    function wide(text, range, all) {
      while (match(text, /[0-9]+[-:][0-9]+/)) {
        split(substr(text, RSTART, RLENGTH), range, /[-:]/)
        all += range[2] - range[1]
        text = substr(text, RSTART + RLENGTH)
      }
      return all > 60000
    }
    # Whether a text has a network, or a range of addresses, that is nobody in particular.
    function anybody(text, range) {
      if (text ~ /\/[0-7]([^0-9]|$)|::-f/) return 1
      while (match(text, /[0-9]+[.][0-9.]+-[0-9]+/)) {
        split(substr(text, RSTART, RLENGTH), range, "-")
        if (range[2] - int(range[1]) > 3) return 1
        text = substr(text, RSTART + RLENGTH)
      }
    }
    # A text with the elements of a set in the place of its name, and with ranges in the place of comparisons.
    function spelt(text, name, all, word) {
      while (match(text, /@[^ ]+/) && (name = substr(text, RSTART + 1, RLENGTH - 1)) in elements) {
        all = elements[name]
        sub(/.*elements *= *[{]/, "", all)
        gsub(/[{}@]/, "", all)
        match(text, /@[^ ]+/)
        text = substr(text, 1, RSTART - 1) "{" all "}" substr(text, RSTART + RLENGTH)
      }
      while (match(text, /ports? (>=?|<=?|g[te]|l[te]) [0-9]+/)) {
        split(substr(text, RSTART, RLENGTH), word, " ")
        text = substr(text, 1, RSTART - 1) word[1] " " (word[2] ~ /^[>g]/ ? word[3] "-65535" : "0-" word[3]) substr(text, RSTART + RLENGTH)
      }
      return text
    }
    # Whether each interface of a rule is one that nobody outside reaches.
    function inside(text, each, item, any) {
      if (!match(text, / (iif|iifname|oif|oifname|-i|-o) ([{][^}]*[}]|[^ ]+)/)) return 0
      text = substr(text, RSTART + 1, RLENGTH)
      sub(/^[^ ]+ /, "", text)
      split(text, item, /[{}", ]+/)
      for (each in item)
        if (item[each] ~ /^(lo$|docker|br-|virbr|veth|cni|lxc|lxd|wg|tun|tap|tailscale|cali|podman|flannel)/) any = 1
        else if (item[each] != "") return 0
      return any
    }
    function names(text, way, peer) {
      text = spelt(tolower(" " text " "))
      gsub(/ meta protocol/, "", text)
      gsub(/ (meta )?[io]if(name)? (!=|ne) ([{][^}]*[}]|[^ ]+)/, " ", text)
      gsub(/ [^ ]+ [^ ]+ (!=|ne) ([{][^}]*[}]|[^ ]+)| ! -[^ ]+ [^ ]+/, " ", text)
      peer = way == "input" ? "(saddr|-s|src)" : "(daddr|-d|dst)"
      if (match(text, /dports? ([{][^}]*[}]|[^ ]+)/) && !wide(substr(text, RSTART, RLENGTH))) return 1
      gsub(/fc00::\/7/, "ula", text)
      if (match(text, " " peer " ([{][^}]*[}]|[^ ]+)") && !anybody(substr(text, RSTART, RLENGTH))) return 1
      if (text ~ / (daddr|-d) [{ ]*(22[4-9]|23[0-9]|255[.]255|ff[0-9a-f][0-9a-f]:)/) return 1
      if (inside(text)) return 1
      if (match(text, /state [{ ]*[a-z]+( ?, ?[a-z]+)*/) && substr(text, RSTART, RLENGTH) !~ /new|untracked|invalid/) return 1
      if (match(text, / (l4proto|protocol|nexthdr|-p) [{ ]*[a-z0-9-]+( ?, ?[a-z0-9-]+)*/) && substr(text, RSTART, RLENGTH) !~ /tcp|udp|all|[ ,](6|17)([ ,]|$)/) return 1
      if (match(text, (way == "input" ? " --src" : " --dst") "-range [^ ]+") && !anybody(substr(text, RSTART, RLENGTH))) return 1
      if (text ~ /type [{ ]*(multi|broad|any)cast/ && text !~ /cast *, *(local|unicast)/) return 1
      return text ~ /@|icmp|mark|dnat|set --|owner|skuid|ipsec|xt match/
    }
    # The end of packets that no rule names: "a" where one may be accepted, "d" where all are dropped, else "".
    function end(id, way, depth, n, text, what, at, if_all, space, left) {
      if (depth > 20) return ""
      space = id
      sub(/[^\/]*$/, "", space)
      for (n = 1; n <= count[id]; n++) {
        text = rule[id, n]
        read(text)
        if (verb == "vmap") {
          at = cond
          sub(/ vmap .*/, "", at)
          sub(/.* vmap /, "", text)
          while (match(text, /[^{, ][^{,]* : ((jump|goto) )?[^ ,}]+/)) {
            what = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            read(what)
            sub(/ : $| :$/, "", cond)
            if (names(at " " cond, way)) continue
            if (verb == "accept" || to != "accept" && end(space to, way, depth + 1) == "a") return "a"
          }
          continue
        }
        if (verb == "" || names(cond, way)) continue
        if_all = cond == ""
        what = verb
        if (verb == "accept") return "a"
        if (verb == "drop" && if_all) return left ? "" : "d"
        if (verb == "return" && if_all) return ""
        # Some of them may have gone back to where they came from.
        if (verb == "return") left = 1
        if (verb ~ /jump|goto/) {
          at = end(space to, way, depth + 1)
          if (at == "a") return at
          if (at == "d" && if_all) return left ? "" : "d"
          if (what == "goto" && if_all) return ""
          if (what == "goto" && at == "") left = 1
        }
      }
      return ""
    }
    /^# Gen/ { family = /ip6/ ? "ip6" : "ip"; other = 0; pending = "" }
    /^[ \t]*#/ { next }
    { sub(/^\[[0-9]+:[0-9]+\] /, "") }
    /^[*]/ { other = !/filter/ }
    /^([:*]|-[AI] |COMMIT)/ {
      if (family == "") family = "ip"
      table = "iptables-save"
      chain = /^-/ ? $2 : substr($1, 2)
      if (!other && chain ~ /^(IN|OUT)PUT$/) {
        saved[family] = 1
        base(tolower(chain), "iptables")
        if (/^:[A-Z]+ DROP/) drops[key(chain)] = 1
      }
      gsub(/ --jump[ =]/, " -j ")
      gsub(/ --goto[ =]/, " -g ")
      first = /^-I/
      if (!other && sub(/^-[AI] [^ ]+( [0-9]+)?/, "")) keep($0, first)
      chain = ""
      next
    }
    {
      gsub(/comment "[^"]*"/, "")
      gsub(/prefix "[^"]*"/, "prefix \"\"")
      sub(/[ \t]#.*/, "")
      # A rule, or the elements of a set, on several lines.
      line = pending $0
      pending = ""
      if (sub(/\\$/, " ", line) || line !~ /^[ \t]*(add )?(table|chain|set|map|flowtable|counter|ct|quota|limit) [^;]*[{]/ && gsub(/[{]/, "{", line) > gsub(/[}]/, "}", line)) {
        pending = line " "
        next
      }
      parts = split(line, piece, ";")
      for (i = 1; i <= parts; i++) part(piece[i])
    }
    END {
      for (id in hook) {
        at = id
        sub(/[^\/]*$/, "", at)
        if (at in dormant) continue
        what = end(id, hook[id], 0)
        split(of[id], whose, " ")
        # nft has the chains of iptables as well, and not all that their rules ask for.
        if (whose[2] == "iptables" && saved[whose[1]] && id !~ /iptables-save/) continue
        if (what == "d" || what == "" && drops[id]) {
          print hook[id], of[id]
          dropped[hook[id], whose[1]]
          if (whose[1] == "inet") dropped[hook[id], "ip"] = dropped[hook[id], "ip6"] = 1
          if (whose[1] == "ip") dropped[hook[id], "inet"]
        }
        if (what == "a") accepted[hook[id], whose[1]] = hook[id]
      }
      # Each chain has to accept a packet.
      for (at in accepted) if (!(at in dropped)) print "accepts", accepted[at], "any"
      for (at in rule) {
        split(at, path, SUBSEP)
        sub(/.*\//, "", path[1])
        if (tolower(path[1]) ~ /forward|fwd|routing/) continue
        text = rule[at]
        ports = match(text, /dports? [{ ]*[0-9][-0-9:]*( ?, ?[0-9][-0-9:]*)*/) ? substr(text, RSTART + 5, RLENGTH - 5) : ""
        gsub(/[s{ ]/, "", ports)
        if (text ~ /169[.]254[.]169[.]254/) ports = ports ",metadata"
        read(text)
        # What holds for one user holds not for all, nor does what is closed to one sender.
        if (ports == "" || text ~ /uid|owner/ || verb == "drop" && text ~ /saddr|-s /) continue
        if (verb ~ /accept|drop/ || to ~ /limit-accept/) print verb == "drop" ? "drops" : "accepts", tolower(path[1]) ~ /out/ ? "output" : "input", ports
      }
    }' <<<"$1"
}
