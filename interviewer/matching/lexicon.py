"""Word lists and patterns of English as candidates type it; nothing here belongs to one scenario."""

from __future__ import annotations

import re

ASKING = (
    r"(?:what|wich|wat|waht|hwo|wether|what's|whats|which|how|how's|when|where|who|whose|why|is|isn't"
    r"|are|aren't|do|don't|does"
    r"|did|"
    r"should|shall|can|could|may|will|would|must|has|have i|am i|any|need i|need we|what if)"
)
ASKS_AT_START = re.compile(
    rf"^(?:(?:and|so|ok|okay|also|or|then|but|well|hi|hello|sorry|just|one more|another question"
    rf"|quick question"
    rf"|question|first|second|third|before i start|lastly|finally|by the way|hmm+|um+"
    rf"|uh+)[,:]? )*{ASKING}\b"
)
INDIRECT = re.compile(
    r"\b(?:i (?:wonder|was wondering|am wondering|'d like to know|would like to know|want to know"
    r"|need to know)"
    r"|i'm wondering|can you (?:tell|clarify|explain|confirm|specify)|could you (?:tell|clarify"
    r"|explain|confirm"
    r"|specify)|please (?:tell|clarify|explain|confirm|specify)|tell me|not sure (?:if|whether|what"
    r"|how|about)"
    r"|do you (?:want|need|expect|care|know)|let me (?:ask|clarify)|i'm unsure|wondering (?:if|whether"
    r"|what|how)"
    r"|want to (?:ask|clarify|check)|clarify (?:what|how|if|whether|when|which))\b"
)
ASKS_TO_BE_TOLD = re.compile(
    r"^(?:please )?(?:tell|show|give|list|explain|describe|clarify|specify|name|define)\b"
    r"(?! (?:me )?(?:a )?hints?\b)"
)
ASKS_INSIDE = re.compile(
    r"\b(?:what (?:do|is|are|to|if|happens?|about|should)|how (?:do|is|are|to|should|many|much|big"
    r"|large|long"
    r"|we|i)|which \w+|when (?:do|to|should)|who (?:gets|is|calls|consumes?)|possible$|allowed$|needed$"
    r"|okay$|ok$)"
)
TAG = re.compile(
    r"(?:,? (?:right|correct|yes|ya|yeah|ok|okay|no|agreed|fine|true)|,? (?:is|would) that (?:be )?"
    r"(?:ok|okay|right|fine|correct|alright|all right|good|acceptable)(?: with you)?|,? (?:does"
    r"|is) that "
    r"(?:sound right|make sense|sound ok|sound okay|work|so)|,? (?:isn't|aren't|doesn't|don't) (?:it"
    r"|they|we))\s*\?+$"
)
BARE_TAG = re.compile(
    r"(?:is (?:that|this|it) |does (?:that|this) |sounds? )?(?:right|correct|ok|okay|yes|fine|so|good"
    r"|make sense"
    r"|sound right)\s*\?+"
)
ASSUMES = re.compile(
    r"\b(?:assum(?:e|es|ed|ing|ption|ptions)|presum(?:e|ably|ing)|suppos(?:e|ing)|i take it|i(?:'ll"
    r"| will) take it"
    r"|i(?:'d| would) (?:guess|expect)|i(?:'m| am) guessing|i guess|i expect|i(?:'ll| will) treat"
    r"|let's say"
    r"|i(?:'ll| will) go with|i(?:'d| would) go with|unless you (?:object|say|tell)|if that's (?:ok"
    r"|okay|fine))\b"
)
RESTATES = re.compile(
    r"\b(?:to (?:restate|summari[sz]e|recap|confirm)|let me (?:restate|summari[sz]e|recap|repeat"
    r"|confirm)"
    r"|(?:if|make sure|check that|see if) i understand|my understanding|just to (?:confirm|be sure"
    r"|be clear|check)|in other words"
    r"|so what you(?:'re| are)|so the (?:task|goal|function|job)|so we (?:have|need|want|get)"
    r"|so i (?:have|need|get|am given)|so i'm (?:given|getting)|the objective is|we want to|restating"
    r"|recap)\b"
)
OUTLINES = re.compile(
    r"\b(?:my (?:plan|approach|idea|outline|steps)|the (?:plan|approach|idea|outline|algorithm) (?:is"
    r"|would|will)"
    r"|step (?:1|one)|here(?:'s| is) (?:my|the|how)|pseudo-?code|i(?:'d| would) (?:start|first|begin"
    r"|do|use|write"
    r"|compute|sort|keep|build|loop|go|split)|(?:first|then|next|finally|after that),? (?:i|we)(?:'ll"
    r"| will|'d| would)?\b"
    r"|i(?:'m| am) going to|i plan to|i(?:'ll| will) (?:start|first|begin|then|write|compute|sort|keep"
    r"|build|loop"
    r"|split|use|do|vectori[sz]e|iterate|implement)|we (?:can|could|alternate|repeat))\b"
)
NUMBERED = re.compile(r"(?:^|\n)\s*(?:\d+[.)]|[-*•])\s+\S")
INTENDS = re.compile(r"^(?:(?:so|ok|okay|then|and|well),? )*(?:i'?ll|i will|i'?d|i would|we'?ll|we will)\b")
OWN_WORDS = re.compile(
    r"^(?:(?:so|ok|okay|then|and|well|now|next|here|first|finally|also),? )*(?:i|i'?m|i'?ll|i'?ve|i'?d"
    r"|we|we're|we'll|my"
    r"|let me|let's|this|that|it|here|now|next|first|then|finally|because|since|the)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|we|i'm|we're|i've|i'll|we'll|my)\b")
CRAFT = re.compile(
    r"\b(?:deque|dict\w*|hash\w*|heap|pointers?|cumsum|cumulative|broadcast\w*|vectori\w*|helper"
    r"|variable|buffer"
    r"|(?:loop|iterate|go) (?:over|through)|list of|append|counter|matrix product|einsum|argsort"
    r"|np\.\w+)\b"
)
HELP = re.compile(
    r"\b(?:(?:need|want|have|get|give me|take|use|ask for|like|another|next|any)(?: a| an| the| one"
    r"| some| next)? hints?|hints? please|^hints?|(?:i'?m|am|im|i feel|got|getting) (?:a bit |really "
    r"|totally |completely )?(?:stuck"
    r"|lost)|stuck"
    r"|what (?:do|should|must|can) (?:i|we) do (?:next|now|here)|what(?:'s"
    r"| is) (?:the )?next(?: step)?\s*\?|what next"
    r"|no idea|don'?t know (?:how|what|where) to|(?:can|could|please|will) (?:you )?help|help me"
    r"|give me a clue"
    r"|point me|nudge|how (?:do|should|would|can) i (?:start|begin|proceed|continue|go on)\s*\??$"
    r"|where (?:do|should) i start)\b"
    r"|what(?:'s| is) (?:the )?next step\b"
)
EXTRACTION = re.compile(
    r"(?:\b(?:show|give|tell|print|reveal|list|dump|paste|output|repeat|share|send|leak|write|provide"
    r"|display|hand)"
    r"\b.{0,40}\b(?:solution|full code|whole code|complete code|reference|hidden|secret|system prompt"
    r"|prompt|rubric"
    r"|instructions?|answer key|answers\b|the answer|facts|test cases you|unit tests|checklist"
    r"|scorecard|grading"
    r"|everything you know|all (?:the )?(?:details|requirements|edge cases|hints|rungs))\b)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|rules|prompt|above|previous"
    r"|earlier)\b"
    r"|\b(?:system|assistant|developer|admin|root)\s*[:>\]]|<\|?/?(?:system|im_start|assistant|inst)"
    r"|\byou are (?:now|no longer)\b|\b(?:developer|debug|admin|god|jailbreak|dan) mode\b|\bact as\b"
    r"|\b(?:rate|score|grade|mark|give|assign)\b.{0,25}\b(?:me|this|candidate|everything"
    r"|signals?)\b.{0,25}"
    r"\b(?:very strong|strong|full marks|top|highest|hire|perfect|maximum|10)\b"
    r"|\bwhat (?:should|could|must|can|else should|do you want me to|am i supposed to) (?:i )?(?:ask"
    r"|be asking|clarify)\b"
    r"|\bwhat (?:are|were) the (?:hidden|secret|essential)\b|\bwhich (?:questions|facts) (?:should"
    r"|count|matter|are)\b"
    r"|\b(?:hidden|secret) (?:facts?|tests?|requirements?|prompt|instructions?)\b"
    r"|\b(?:your|the) (?:system prompt|rubric|answer key|reference (?:solution|implementation))\b"
    r"|\bwhat(?:'s| is) (?:the )?(?:correct )?(?:solution|full answer)\b|\bwhat do you (?:look for"
    r"|score|grade|rate)\b"
)
TIME_LEFT = re.compile(
    r"\b(?:how (?:much|many|long).{0,25}\b(?:left|remain|remains|remaining)|time (?:left|remaining"
    r"|check)"
    r"|minutes? (?:left|remain|remaining)|what time is it|what(?:'s| is) the time|how (?:are we"
    r"|am i) (?:doing )?(?:on|for) time"
    r"|(?:are we|am i) (?:on|running out of) time)\b"
)
MOVE_ON = re.compile(
    r"\b(?:move on|next phase|no (?:more|further) questions|that'?s all (?:my|the|for) questions?"
    r"|(?:can|could|shall|should|may|let'?s|let us|want to|ready to|like to) (?:we "
    r"|i )?(?:please )?(?:now )?"
    r"(?:go on|move to|go to|proceed|continue to|jump to|outline)"
    r"|(?:can|shall|should|let'?s|ready to) (?:we |i )?(?:now )?test (?:it|this)"
    r"|(?:i'?m|i am|we are|we're) ready to (?:move|outline|test))\b"
)
# Said before there is code, this moves on; said while coding, it is narration.
START_CODE = re.compile(
    r"(?:\b(?:start|starting|begin|beginning) (?:to |with |the )?(?:cod(?:e|ing)|implement\w*"
    r"|writing)\b"
    r"|\bready to (?:code|implement|start|write)\b"
    r"|\b(?:let me|can i|shall i|should i|may i|i'?ll|i will|let'?s) (?:now |just )?(?:code|implement)"
    r"(?: (?:it|this|that|now|up))*\s*[?.!]*$)"
)
DONE = re.compile(
    r"^(?:ok(?:ay)?[,.]? |so |and |i think |well,? |alright,? )*(?:(?:i'?m|i am|it'?s|it is|we are"
    r"|we're|that is|that's) "
    r"(?:all )?(?:done|finished|complete|ready|it)|done|finished|i(?:'ve| have) finished|i(?:'m"
    r"| am) happy with (?:it|this)"
    r"|(?:the )?code is (?:done|complete|finished|ready)|implementation is (?:done|complete|finished)"
    r"|all done"
    r"|nothing (?:more|else)(?: to add)?|no(?:thing)?,? that'?s (?:it|all))\b"
)
ENDS = re.compile(
    r"\b(?:(?:can|could|shall|let'?s|want to|like to|i'?d like to) (?:we |i |us )?(?:please )?(?:end(?! up)"
    r"|stop|finish|wrap up|quit|close)"
    r"(?: (?:here|now|the interview|it here|this))?|end (?:the )?interview|i give up|i quit)\b"
)
REPEAT = re.compile(
    r"\b(?:(?:can|could|would) you (?:please )?(?:repeat|say that again|rephrase|re-?read)"
    r"|say that again|pardon"
    r"|repeat (?:the |that |your )?(?:question|task|problem|brief)|what was the (?:question|task"
    r"|problem)|rephrase)\b"
)
THE_QUESTION = re.compile(r"\b(?:question|task|problem|brief)\b")
SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ok|okay|k|cool|great"
    r"|sure|alright"
    r"|all right|got it|understood|i see|makes sense|fine|nice|perfect|right|yes|yeah|yep|no|nope"
    r"|sounds good|hmm+|um+"
    r"|one (?:moment|second|sec)|give me a (?:moment|second|minute)|let me think|bye"
    r"|sorry)\b[\w\s,.!']{0,25}$"
)
OFF_TOPIC = re.compile(
    r"\b(?:salary|salaries|compensation|benefits|vacation|holiday|office|remote work|team size"
    r"|hiring manager|visa|weather"
    r"|weekend|coffee|lunch|did i (?:pass|fail|get|do)|(?:will|do) i (?:pass|get the job|get hired)"
    r"|how am i doing|can you hear"
    r"|connection|microphone|camera|your name|are you (?:a |an )?(?:real|human|bot|robot|ai|chatgpt"
    r"|gpt|llm|model)|who are you"
    r"|how are you|nice to meet|start date|promotion|recruiter|next round|culture)\b"
)
CLEAR_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|please|go ahead|do it|of course|yes please|give it)\b|\bhints?\b"
)
YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|please|ok|okay|go ahead|do it|y|of course|ja|si|give it|yes please"
    r"|fine|alright)\b"
)
NO = re.compile(
    r"^(?:no|nope|nah|not (?:now|yet|really)|nothing|none|n|that'?s (?:it|all)|i'm good|i am good)\b"
)
DEFENSIVE = re.compile(
    r"\b(?:that(?:'s| is) how (?:everybody|everyone|people|we|it)|everybody does|everyone does|it(?:'s"
    r"| is) (?:fine|correct|standard|ok|okay)"
    r"(?: as it is| like this| this way|$|[.!])|i don'?t (?:see|think) (?:the|a|any"
    r"|that).{0,12}(?:problem|issue|matters?|necessary|needed)"
    r"|(?:that|this|it) (?:doesn't|does not|won't|will not|never) (?:matter|happen)"
    r"|this is (?:the )?(?:standard|normal|usual)"
    r"|what(?:'s| is) wrong with|no need|not necessary|i disagree|you(?:'re| are) wrong|trust me"
    r"|i(?:'ve| have) always done)\b"
)
KNOWS_NOT = re.compile(r"\b(?:not sure|no idea|don'?t know|do not know|dunno|unsure|can'?t say|pass)\b")
STEPS_BACK = re.compile(
    r"\b(?:(?:let me|i want to|i should|i need to|can i|may i) (?:stop|pause|step back|go back|clarify"
    r"|ask)|step(?:ping)? back"
    r"|clarify (?:one|a few|some|a couple)|before i (?:go on|continue|write more))\b"
)
DEBUGS = re.compile(
    r"\b(?:print\w*|shapes?|debug\w*|check\w*|disagree\w*|trace\w*|find the|look at the|why (?:it|is"
    r"|does)|expected|fix\w*)\b"
)
CAUSAL = re.compile(
    r"\b(?:because|since|so that|otherwise|to avoid|to prevent|to keep|therefore|which means|that way"
    r"|in order to|hence|as it(?! is\b)|due to)\b"
)


def _bag(text: str) -> list[str]:
    return text.split()


FAMILIES = ("input", "output", "special cases", "method", "setting", "logistics")
FAMILY_NAMED: dict[str, re.Pattern[str]] = {
    "input": re.compile(r"\b(?:inputs?|data|arguments?|parameters?|first)\b"),
    "output": re.compile(r"\b(?:outputs?|return\w*|results?|second)\b"),
    "special cases": re.compile(r"\b(?:special|edge|corner|cases?|third)\b"),
    "method": re.compile(r"\b(?:methods?|algorithm|approach|how it works|logic|maths?|computation|fourth)\b"),
    "setting": re.compile(r"\b(?:settings?|context|purpose|use|business|background|fifth)\b"),
    "logistics": re.compile(r"\b(?:logistics?|rules|time|tools?|interview|librar\w+|sixth|last)\b"),
}
FAMILY_OF_TOPIC: dict[str, re.Pattern[str]] = {
    "logistics": re.compile(
        r"\b(?:librar\w+|imports?|time there is|interview|executed|run here|code can be|tested here)\b"
    ),
    "output": re.compile(r"\b(?:returns?|returned|output|result|report|gives? back|order of the)\b"),
    "special cases": re.compile(
        r"\b(?:empty|ties?|tied|missing|nans?|invalid|single|zeros?|duplicates?|equal|constant|unknown"
        r"|unseen|loses|lost|"
        r"no (?:\w+ )?(?:rows?|points?|history|event|class|positives?)|without|illegal|bad|too (?:few"
        r"|many|small|large)|extreme|"
        r"overflow|edge|special|same|just one|only one|first|last|mismatch\w*|legal|valid|negative)\b"
    ),
    "input": re.compile(
        r"\b(?:inputs?|format|shapes?|dtypes?|types?|columns?|encod\w+|units?|labels?|scores?|rows?"
        r"|data|clean\w*|sorted|order|arrays?|"
        r"values?|range|matrix)\b"
    ),
    "setting": re.compile(
        r"\b(?:sizes?|large|scale|performance|purpose|balance|serving|training|production|used|online"
        r"|offline|memory|speed|users?)\b"
    ),
    "method": re.compile(
        r"\b(?:how|which|rules?|initial\w*|stop\w*|rounds?|distance|nearness|measured?|formula"
        r"|random\w*|seed\w*|split"
        r"|weights?|penalt\w+|regulari\w+|criterion|normali\w+|scaling|windows?|averag\w+|sampling"
        r"|method|definition"
        r"|defined|steps?|chosen|picked|compute\w*|statistics|smooth\w*|threshold|balance\w*"
        r"|round\w*)\b"
    ),
}

# Words of the trade: a question that holds one is worth taking seriously even when no fact covers it.
TRADE = frozenset(
    _bag("""
    accuracy algorithm array average axis batch bias binary bucket cache categorical class classes
    classification cluster clusters column columns complexity constant convergence copy count cutoff
    data dataframe dataset date decay default deterministic dict dimension distance distribution
    divide duplicate dtype edge element embedding empty encode epoch epsilon error estimate event
    exception feature features filter float fold format fraction function gaussian gpu gradient
    group groups handle id index inf infinite initial input inputs integer invalid iteration
    iterations key label labels lambda large layer leak length library limit linear list log
    logarithm logit loss loop mask matrix mean median memory metric missing mode model multiclass
    mutate nan negative noise norm normalise normalize null number numpy online optimise optimize
    order outlier output outputs overflow pandas parallel parameter pass percentile plot points
    positive precision predict prediction prior probability query random range rank rate ratio raise
    recall recursion regularisation regularization result results return returns row rows sample
    samples scale schema score scores seed sequence serve shape shuffle sigmoid size softmax sort
    sorted sparse split standard standardise standardize state std step stratify string sum table
    target tensor test threshold tie ties timestamp timestamps timezone token tolerance train
    training tuple type types underflow unit units unseen update validate validation value values
    variance vector vectorise vectorize version weight weighted weights window zero zeros duplicates
    sequences streaming incremental encoding weighting user users item items customer customers
    record records cost batches transaction transactions amount amounts refund refunds currency
    point centroid centroids euclidean sklearn scipy torch
    """)
)
COMMON = frozenset(
    _bag("""
    about above after again also always another anything around basically because before being below
    between both calls check could currently different doing during each either enough every
    everything exactly example first following further general given gives going guess happen
    happens having here hidden instead intend into keep kind know later least leave left less like
    likely line looking made make many maybe mean means might more most much must need needed never
    next nothing only other otherwise over particular please possible probably quite rather really
    return right same second should simple simply since some something start still such sure take
    than that their them then there these they thing think third this those though three through
    time under until upon used uses using usually very want wanted well were what when where whether
    which while whole will with within without work works would wrong your again allow allowed
    question whose worry write wrote solve
    """)
)
STOP = frozenset(
    _bag("""
    a an the is are was were be been do does did of to in on at for and or but if it its this that
    these those i we you he she they me my our your us with as by from so not no there then than
    have has had can could should would will may might must about into over out up down just also
    any some what which how when where who why
    """)
)
