"""First names in use in Britain: a capitalised word that opens a sentence is a name where it is one of these."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.lines import vocabulary

FIRST_NAMES: Final = vocabulary.words("""
    aaliyah aaron abbie abby abdi abdul abdullah abena abigail abu ada adam ade adebayo adele adnan adrian
    agata agnieszka ahmed aidan aiden ailsa ainsley aisha aisling alan alana alasdair albie aled alejandro
    aleksandra alex alexa alexander alexandra alexis alfie alfred ali alice alicia alina alisha alison
    alistair allan allison alun alyssa ama amal amandeep amara amber ameera amela amelia amelie amina amir
    amira amit amrit amy ana anabelle anastasia andrea andreea andrei andrew aneesa aneesah angel angela
    angharad angus anika anil anisa anita ann anna annabel annabelle anne annie anthony anton antonia anya
    anzor aoife archie areeba ariana arjan arjun arlo artan arthur arun arwa arya asha ashanti ashley ashton
    asif astrid athena aubrey audrey aurora austin ava avani avery ayaan ayan ayesha ayla ayra ayub azra
    baljit balvinder barbara barnaby barney barry bartosz beatrice becky bella ben benedict benjamin bernard
    besnik beth bethan bethany betty beverley beyonce bianca bilal billie billy blake blerim blessing
    blodwen bobby bogdan bonnie bradley brandon brayden breanna brenda breonna brian bridget bronson bronwen
    brooke bruce bryn caitlin caleb callan callum cameron camilla carl carla carly carol caroline carter
    carys casey catherine catrin catriona cerys chanel charis charles charley charlie charlotte chelsea
    cheryl chidi chinedu chinyere chioma chloe chris christian christina christine christopher chukwu ciara
    ciaran cillian claire clara clare clarissa claudiu clive clodagh cody cole colin colleen connie connor
    conor cora corey courtney craig cristian crystal cynthia dafydd daisy dale damian damilola dan dana
    daniel daniela danielle danny darcey darcy daria dariusz darnell darren dave david davina dawid dawn
    dean debbie deborah declan deepa delilah demi denise dennis denzel derek dermot deshawn desmond destiny
    dexter dhruv diana diane dilan dilys divya diya dmitri dominic dominik donna doreen doris dorothy
    douglas dragos dritan duncan dylan eamon ebele ebony eddie edie edith edna edward edwin eesa eileen
    eilidh eimear eirlys elaine eleanor elena eli elijah elin eliot eliza elizabeth ella elle ellen ellie
    elliot elliott ellis eloise elsie elspeth eluned emeka emilia emily emir emma emmanuel emrys enid eoghan
    eoin eric erica erik erin ermal eshaal esme esmee esther ethan ethel eva evan evangeline eve evelyn evie
    ewa ewan ewen ezinne ezra fadumo fahad faisal faith farah farhan fatima felicity felix fergus fern ffion
    filip findlay finlay finley finn fiona florence florim florin folake frances francesca francis frank
    frankie fraser fred freddie frederick freya gabriel gabriela gabriella gareth garry gary gauri gavin
    geeta gemma geoff george georgia georgie georgina geraint gerald geraldine gerard gethin gezim gheorghe
    ghulam gillian gina giovanni gita giulia gladys glen glenn glenys gloria gordon gosia grace gracie
    graeme graham grainne grant greg gregor gregory greta gul gurdeep gurpreet guy gwen gwilym gwion gwyneth
    habiba hadi hadiya hafsa hajra haleema halima hallie hamid hamish hamza hana hania haniya hanna hannah
    haris harjit harlan harley harlow harold haroon harper harpreet harriet harris harrison harry harvey
    hasan hassan hattie hayden hayley hazel heather hector heidi heledd helen helena henrietta henry herbie
    hetty hiba hilary hilda hodan holly hope howard huda hudson hugh hugo humaira humza husna hussain
    hussein huw huxley ian ibrahim idil idris ieuan ifeoma igor ilir ilyas imaan imogen imran ina inaya
    inayah inderjit india ines innes ioana iolo iona ionut iqra ira irene iris iryna isaac isabel isabella
    isabelle isha ishaan isla islay ismail isobel issa iulia ivan ivor ivy iwan izzy jack jackie jackson
    jacob jacqueline jada jade jaden jaiden jake jakub jamal james jamie jamila jan jane janet janice jared
    jasmin jasmina jasmine jason jasper jaspreet jaswinder jax jaxon jay jaycee jayceon jayden jaydn jaydon
    jayne jazmin jean jeffrey jelena jemima jenna jennifer jenny jensen jenson jeremiah jeremy jermaine
    jerome jess jesse jessica jessie jia jibril jill jim jimmy joan joanna joanne jodi jodie jody joe joel
    joey john johnny jolanta jon jonah jonathan jonty jordan jorgie jorja jose joseph josephine josh joshua
    josiah josie joy joyce juan jude judith jules julia julian julie juliet jun junaid june juno justin
    jyoti kacey kaci kacper kade kai kaia kaiden kairo kaitlyn kaleb kamal kamil kane kara kareem karen
    karim karina karis karl karolina kasey kashif kasia kasper kate katherine kathleen kathryn katia katie
    katy kauser kavita kavya kay kaya kayden kaydence kayla kaylee kayleigh keaton keegan keeley kehlani
    keira keiron keisha keith kelis kelly kelsey kelsie kemi ken kendall kenneth kenny kenzie kerry kevin
    keziah khadija khadijah khadra khaled khalid khalil kian kiana kiara kiera kieran kieron kim kimberley
    kira kiran kirsteen kirsten kirsty kit kitty koa kobe kobi kofi kojo krish kristina krystal krzysztof
    ksenia kuldeep kunle kwame kwasi kyla kylan kyle kylie kylo kyra kyrie kyron lacey lachlan laiba laila
    lakeisha lakhbir lakshmi lamar lana lara lata latisha latoya laura lauren laurence laurentiu lawrence
    layan layla layton leah leanne lee leighton leila lejla lena lennie lennon lennox lenny leo leon leona
    leonard leonardo leonie leroy lesley leslie levi lewie lewis lexi lexie leyla leyton liam lian libby
    lila lilah lilian lillian lillie lilly lily lina linda lindsay linh lisa liv liz llinos llyr logan lois
    loki lola lorcan loretta lorna lorne lorraine lottie louie louis louisa louise lowenna lowri luan luca
    lucas lucia lucie lucinda lucy luis luka lukas luke lulu luna lydia lyla lynda lynn lyra mabel mackenzie
    madalina maddie maddison madeleine madison maeve magda mahmoud mahnoor mair maire mairi maisie maisy
    maja makayla malachi malcolm malgorzata malik mandeep mandy manoj manpreet manuel marc marcel marcia
    marcin marcus margaret margot mari maria mariam mariama mariana marie marina mario marion marius
    marjorie mark marlene marley marlon marlowe marnie marsaili marta martha martin martina martyn marvin
    marwa mary maryam maryan mason mateo mateusz matilda matteo matthew maureen maurice mavis max maximus
    maxwell maya meena megan meghan mehmet mei meinir melanie melissa melody menna mercedes meredith meurig
    mhairi mia micah michael michaela michal michelle mihai mikaeel mikail mikayla mike mila milena miles
    millie milly milo mimi mina minahil minh minnie miranda mirela miriam misha mitchell moesha mohamad
    mohamed mohammad mohammed mohan moira mollie molly monica monika monty morag morgan morven moses mubarak
    muhammad muhammed muriel musa mustafa mya myfanwy myla mylah myles nabeel nadia nadine nafisa naima
    nancy nannie naomi naresh nasir nasra nasreen natalia natalie natasha nate nathan nathaniel navdeep
    naveed navjot nazir ned neha neil nela nell nellie nermin nerys nevaeh nevin ngozi nia niall niamh
    nicholas nick nico nicola nicolas nicole nicoleta nicu nigel nikhil nikita nikola nikolai nina nirmal
    noah noel non noor nora norah noreen norma norman nour nova nusaybah nyla obinna octavia oisin ola
    oleksandr olena olga olive oliver olivia ollie olly oluwaseun olwen omar omari onkar orla orlaith oscar
    osian oskar osman otis otto owen ozzy paddy padraig paige paisley pamela pankaj parker parminder parveen
    patience patricia patrick patryk patsy paul paula pauline pawel payton pearl penelope penny percy perrie
    perry peter petra peyton phil philip phillip phoebe phyllis piotr pippa polly pooja poppy prabhjot
    prakash precious preeti presley preston priscilla priya przemyslaw qasim queenie quentin quinn rabia
    rachael rachel radu raees rafael rafe rafferty raheem rahim rahul raj rajan rajesh rajinder rakesh ralph
    ralphie raluca ramesh ramona rana rani rania ranjit raphael raquel rashid raul ravi ray raya rayan
    raymond rayyan razvan rebecca rebekah reece reggie regina reginald rehan rehana rekha remi remy renee
    reuben rex rhea rhian rhiannon rhodri rhona rhun rhys ria riaan ricardo richard ricky riley rio rita
    ritu river rizwan rob robbie robert roberta robin robyn rocco rochelle roderick rodney rogan roger rohan
    roisin roksana roman romeo romy ron ronald ronan ronnie roo rory rosa rosalie rosalind rosalyn roscoe
    rose rosemary rosie ross rowan roxana roxanne roxy roy ruaridh ruben rubie rubin ruby rudi rudy rufus
    rukhsana rupa rupert ruqayyah russell ruth ryan ryder rylan ryley saad saanvi sabrina sade sadie saeed
    safa saffiyah saffron safiya sagal sahar saif saima saira sajid sakina salim sally salma salman sam
    samantha samara sameer sami samia samina samir samira samson samuel sana sandra sanjana sanjay santiago
    saoirse sara sarah sasha satnam saul savanna savannah sayed scarlett scott seamus sean seb sebastian
    seema segun selena selina selma seraphina seren serena sergei seth shabana shabnam shaheen shahid
    shahzad shakira shamima shane shanelle shania shanice shannon shanti sharna sharon shaun shauna shawn
    shay shayla shazia sheila shelby sheldon shelley shereen sheridan shiloh shilpa shirin shirley shona
    shreya sian sid siddharth sidney sidra siena sienna sierra silas silvia simon simona simone simran
    sinead sinéad siobhan sioned sita siân skye skyla skylar slawomir sofia sofie sohail solomon sonal sonia
    sonny sophia sophie sorcha stacey stan stanislaw stanley star stefan stefania stella stephanie stephen
    steve steven stevie stewart stuart sue sufyan sukhdeep suki sulaiman suleiman sumaya sumayyah summer
    sunil sunita sunniva suresh surinder susan susanna susannah susie suzanne sven svitlana swati sydney
    sylvester sylvia szymon tabitha tahir tahira taiwo talia tallulah talullah tamara tamika tamsin tanika
    tanisha tanveer tanvi tanya tara tariq tasha tasnim tatiana tayla taylor tayo tayyab ted teddie teddy
    teegan tegan tehmina tejinder temi terence teresa terry tess tessa tetiana thalia thandi thea theo
    theodora theodore theresa thomas thora tia tiago tiana tiegan tiernan tiffany tilda tillie tilly tim
    timothy tina tobi tobias toby tola tom tomas tomasz tommie tommy tomos toni tony tori torquil tracey
    tracy travis trevor trey tristan troy trudy tudor tunde ty tyler tymoteusz tyra tyrell tyrese tyrone
    tyson uche ugo umar umaymah una usha usman uzair uzma valbona valentina vandana vanessa vedran veer vera
    verity veronica vesna vicky victor victoria vihaan vijay vikas vikram vinay vincent vinnie vinod viola
    violet virginia vivian vivienne vlad volodymyr wahid walter wanda waqar waqas warren warsame waseem
    wayne wei wendy wesley whitney wiktor wiktoria wilbur wilf wilfred will willa william willow wilson
    winifred winnie winston wojciech woody wren wyatt xander xanthe xavier yahya yara yaseen yash yasin
    yasmin yasmine yaw yemi yewande ying yolanda yousaf yousef ysabel yuki yulia yuna yusra yusuf yuvraj
    yvette yvonne zac zach zachariah zachary zack zahir zahra zaid zain zaina zainab zainabu zak zakaria
    zakariya zaki zakia zane zara zayan zayd zayden zayn zbigniew zeeshan zeke zena zephyr zeynep zion ziva
    zlatko zoe zoey zofia zoya zubaida zubair zuri zuzanna
    """)
